"""Originals of the double's library: a plan of three pages for everyone, a rule for one group."""

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from tempfile import mkdtemp

from ingest.document import FrontMatter, Status
from ingest.files.kept import keep
from kb.guide import Edition
from kb.open_originals import OpenOriginals
from kb.originals import Originals
from tests.ingest.made_files import Show, make_pdf

PDF = make_pdf([[Show(f"Sida {number}")] for number in ("ett", "två", "tre")])
PLAN, INNER, PAGE = ("plan-2026", "1"), ("inre", "1"), ("personuppgifter", "2026-1")


@dataclass(frozen=True, slots=True)
class Kept:
    """Editions by id and edition; knows who may see them, as the guide does."""

    editions: dict[tuple[str, str], Edition]

    def edition(
        self, document_id: str, edition: str, *, audience: frozenset[str] = frozenset()
    ) -> Edition | None:
        """Return an edition that is open to an audience."""
        found = self.editions.get((document_id, edition))
        return found if found and found.front.audience in {"alla", *audience} else None


def originals_double(folder: Path | None = None) -> OpenOriginals:
    """Return originals in a folder, by default a new one."""
    folder = folder or Path(mkdtemp(prefix="vagvisaren-original-"))
    editions = {}
    files = (PLAN, PDF, "alla"), (INNER, PDF, "chefer"), (PAGE, b"<script>1</script>", "alla")
    for (identifier, number), data, audience in files:
        name = "årets plan.pdf" if data is PDF else "sida.html"
        source = folder / name
        source.write_bytes(data)
        digest = "sha256:" + sha256(data).hexdigest()
        keep(folder / "bibliotek", digest, source, None)
        front = FrontMatter(
            id=identifier, title="Planen", status=Status.PUBLISHED, edition=number,
            audience=audience, original=name, original_digest=digest,
        )  # fmt: skip
        editions[identifier, number] = Edition(front, 3 if data is PDF else 0)
    return OpenOriginals(Kept(editions), Originals(folder / "bibliotek", folder / "data"))
