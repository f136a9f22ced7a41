"""Read one file as a Document that has no place in the library yet."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from pathlib import Path
from time import perf_counter

from ingest.document import Block, BlockKind, Document, FrontMatter, Kind
from ingest.errors import RefusedFileError
from ingest.files.convert import Conversion
from ingest.files.isolation import convert_isolated
from ingest.library.front_matter import has_front_matter, parse
from ingest.library.markdown import sections
from ingest.library.render import to_markdown
from ingest.metadata.proposals import Proposal
from ingest.screening.personal_data import mask_numbers
from ingest.text.clean import clean, warn_of_removed
from ingest.text.decode import read_text
from ingest.text.planted import warn_of_planted
from ingest.text.stuffing import warn_of_stuffing

MOST_BYTES = 25 * 2**20
_LONGEST_HEADER = 64 * 1024
_MARKDOWN = (".md", ".markdown")
_OWN_ID = re.compile(r"(?m)^id:\s*\S")
_UNTITLED = "Namnlöst dokument"


@dataclass(frozen=True, slots=True)
class File:
    """A file to take in: where it lies, its name as a label, the digest of its bytes.

    The label is shown and compared, never used as a path, and has no personal number in it. The
    digest is "" when the file cannot or should not be read.
    """

    path: Path
    label: str
    digest: str


@dataclass(frozen=True, slots=True)
class Reading:
    """A file as a Document without a place; `own_id` when it names its id itself."""

    document: Document
    warnings: tuple[str, ...] = ()
    pages: int | None = None
    own_id: bool = False
    conversion: Conversion | None = None
    seconds: float = 0.0


def find_files(paths: Sequence[Path], *, today: date) -> list[File]:
    """Return files, and those in folders in name order; hidden ones are left out."""
    return [File(path, _label(path, today), _digest(path)) for path in _walk(paths)]


def read_file(file: File) -> Reading:
    """Read a file; untrusted formats in a child process.

    Raises:
        RefusedFileError, FrontMatterError: it cannot become a Document; the message says why.
    """
    start = perf_counter()
    reading = read_own(file.path) if file.digest else None
    if reading is None:
        conversion = convert_isolated(file.path, max_bytes=MOST_BYTES)
        reading = Reading(
            as_read(conversion, file.label),
            conversion.warnings,
            conversion.pages,
            conversion=conversion,
        )
    return replace(reading, seconds=perf_counter() - start)


def read_own(path: Path) -> Reading | None:
    """Read a Markdown file that is a Document already: its header has an id of ours.

    Any other file gives None.

    Raises:
        FrontMatterError: the header is malformed.
    """
    if path.suffix.lower() not in _MARKDOWN:
        return None
    cleaned = clean(read_text(path))
    if not has_front_matter(cleaned.text):
        return None
    header = cleaned.text.split("\n---", 1)[0]
    if not _OWN_ID.search(header):
        return None
    if len(header) > _LONGEST_HEADER:
        raise RefusedFileError(
            f"{path.name}: huvudet är orimligt långt. Korta det till uppgifterna om dokumentet."
        )
    document = parse(cleaned.text, path=path)
    blocks = _blocks(document)
    planted = (*warn_of_planted(blocks), *warn_of_stuffing(blocks))
    return Reading(document, (*warn_of_removed([cleaned]), *planted), own_id=True)


def _blocks(document: Document) -> list[Block]:
    """Return the blocks of a Document's text, the headings among them."""
    blocks: list[Block] = []
    for section in sections(document.body):
        blocks += [Block(BlockKind.HEADING, heading) for heading in section.headings[-1:]]
        blocks += section.blocks
    return blocks


def as_read(conversion: Conversion, label: str) -> Document:
    """Return the Document that a conversion makes, as nobody has touched it; it has no id yet."""
    found = conversion.metadata
    front = FrontMatter(
        id="",
        title=found.title or _title_of(label),
        kind=found.kind or Kind.GUIDANCE,
        year=found.year,
        decided_by=found.decided_by,
        dnr=found.dnr,
    )
    return Document(front, to_markdown(conversion.blocks))


def proposals_of(conversion: Conversion | None, label: str) -> tuple[Proposal, ...]:
    """Return the proposals of a conversion; a title that the text lacks is the file's name."""
    if conversion is None:
        return ()
    found = conversion.metadata
    named = (Proposal("title", _title_of(label), "filnamnet", label),) if not found.title else ()
    return named + found.proposals


def _walk(paths: Sequence[Path]) -> Iterator[Path]:
    for path in paths:
        if not path.is_dir():
            yield path
            continue
        for inner in sorted(path.rglob("*")):
            hidden = any(part.startswith(".") for part in inner.relative_to(path).parts)
            if inner.is_file() and not hidden:
                yield inner


def _digest(path: Path) -> str:
    try:
        if not path.is_file() or path.stat().st_size > MOST_BYTES:
            return ""
        return "sha256:" + sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""


def _label(path: Path, today: date) -> str:
    name = " ".join(clean(path.name).text.split())[:150]
    return mask_numbers(name, today=today)


def _title_of(label: str) -> str:
    return re.sub(r"[_\s]+", " ", Path(label).stem).strip() or _UNTITLED
