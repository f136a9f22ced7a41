"""Originals and page images: only for those who may see the Document, whatever is asked."""

from collections.abc import Collection
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from ingest.document import Document, FrontMatter, Status
from ingest.files.kept import keep
from kb import originals
from kb.originals import Originals, last_page
from tests.ingest.made_files import Show, make_pdf

PDF = make_pdf([[Show("Sida ett")], [Show("Sida två")], [Show("Sida tre")]])
NOBODY: frozenset[str] = frozenset()


def kept(library: Path, data: bytes, name: str, **front: object) -> Document:
    source = library.parent / name
    source.write_bytes(data)
    digest = "sha256:" + sha256(data).hexdigest()
    keep(library, digest, source, None)
    known = {"id": "a", "title": "A", "status": Status.PUBLISHED, "original": name}
    body = "<!-- sida 1 -->\n\nEtt.\n\n<!-- sida 2 -->\n\nTvå."
    header = FrontMatter(**{**known, "original_digest": digest, **front})  # type: ignore[arg-type]
    return Document(header, body)


def page_image(
    shelf: Originals, document: Document, page: int, audience: Collection[str]
) -> bytes | None:
    return shelf.page_image(document.front, page, audience, pages=last_page(document.body))


@pytest.fixture
def library(tmp_path: Path) -> Path:
    return tmp_path / "bibliotek"


@pytest.fixture
def shelf(library: Path, tmp_path: Path) -> Originals:
    return Originals(library, tmp_path / "data")


@pytest.fixture
def plan(library: Path) -> Document:
    return kept(library, PDF, "plan.pdf")


def with_front(document: Document, **front: object) -> Document:
    return replace(document, front=replace(document.front, **front))  # type: ignore[arg-type]


def test_a_published_original_is_handed_out_with_its_name(shelf: Originals, plan: Document) -> None:
    original = shelf.original_for(plan.front, NOBODY)
    assert original is not None
    assert (original.path.read_bytes(), original.name) == (PDF, "plan.pdf")
    assert original.media_type == "application/pdf"


@pytest.mark.parametrize("status", [Status.DRAFT, Status.IN_REVIEW, Status.WITHDRAWN])
def test_what_is_not_published_is_not_handed_out(
    shelf: Originals, plan: Document, status: Status
) -> None:
    hidden = with_front(plan, status=status)
    assert shelf.original_for(hidden.front, NOBODY) is None
    assert page_image(shelf, hidden, 1, NOBODY) is None
    assert shelf.original_for(hidden.front, NOBODY, statuses={status}) is not None


def test_an_audience_sees_its_own_and_what_is_for_everyone(
    shelf: Originals, plan: Document
) -> None:
    inner = with_front(plan, audience="socialtjänsten")
    assert shelf.original_for(inner.front, {"skolan"}) is None
    assert page_image(shelf, inner, 1, {"skolan"}) is None
    assert shelf.original_for(inner.front, {"socialtjänsten"}) is not None
    assert shelf.original_for(plan.front, {"skolan"}) is not None


def test_a_cached_page_is_not_shown_to_others(shelf: Originals, plan: Document) -> None:
    inner = with_front(plan, audience="socialtjänsten")
    assert page_image(shelf, inner, 1, {"socialtjänsten"}) is not None
    assert page_image(shelf, inner, 1, {"skolan"}) is None


@pytest.mark.parametrize(
    "digest", [None, "", "../../../etc/passwd", "sha256:" + "0" * 64, "sha256:../x"]
)
def test_a_header_that_names_other_bytes_leads_nowhere(
    shelf: Originals, plan: Document, digest: str | None
) -> None:
    assert shelf.original_for(with_front(plan, original_digest=digest).front, NOBODY) is None


def test_bytes_that_were_changed_are_not_handed_out(
    shelf: Originals, plan: Document, library: Path
) -> None:
    (path,) = (library / "originals").glob("*.pdf")
    path.write_bytes(PDF + b"x")
    assert shelf.original_for(plan.front, NOBODY) is None


@pytest.mark.parametrize("name", ["sida.html", "sida.md", "sida.txt"])
def test_a_page_that_someone_wrote_is_never_sent_as_one(
    shelf: Originals, library: Path, name: str
) -> None:
    original = shelf.original_for(kept(library, b"<script>1</script>", name).front, NOBODY)
    assert original is not None
    assert original.media_type == "application/octet-stream"


def test_a_page_is_drawn_once(
    shelf: Originals, plan: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    image = page_image(shelf, plan, 2, NOBODY)
    assert image is not None
    assert image[8:12] == b"WEBP"

    def never(path: Path, page: int) -> bytes:
        raise AssertionError

    monkeypatch.setattr(originals, "draw_page", never)
    assert page_image(shelf, plan, 2, NOBODY) == image


@pytest.mark.parametrize("page", [-1, 0, 3, 99_999])
def test_only_pages_that_the_text_comes_from_are_drawn(
    shelf: Originals, plan: Document, page: int
) -> None:
    assert page_image(shelf, plan, page, NOBODY) is None


def test_what_is_no_pdf_has_no_pages(shelf: Originals, library: Path) -> None:
    assert page_image(shelf, kept(library, b"Text.", "a.txt"), 1, NOBODY) is None


def test_a_page_that_cannot_be_drawn_is_tried_once(
    shelf: Originals, library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = kept(library, b"%PDF-1.7 trasig", "a.pdf")
    assert page_image(shelf, broken, 1, NOBODY) is None
    monkeypatch.setattr(originals, "draw_page", None)
    assert page_image(shelf, broken, 1, NOBODY) is None


def test_pages_of_what_is_no_longer_published_are_forgotten(
    shelf: Originals, plan: Document, tmp_path: Path
) -> None:
    page_image(shelf, plan, 1, NOBODY)
    shelf.prune([plan])
    assert list((tmp_path / "data").rglob("*.webp"))
    shelf.prune([with_front(plan, status=Status.WITHDRAWN)])
    assert not list((tmp_path / "data").rglob("*.webp"))


@pytest.mark.parametrize(
    ("written", "sent"),
    [
        ("../../etc/plan.pdf", "etcplan.pdf"),
        ("plan\u202efdp.exe", "planfdp.exe"),
        ("plan\r\nx: y.pdf", "planx y.pdf"),
        ("å" * 300 + ".pdf", "å" * 120 + ".pdf"),
    ],
)
def test_the_name_of_a_download_leads_nowhere_and_hides_nothing(
    shelf: Originals, plan: Document, written: str, sent: str
) -> None:
    original = shelf.original_for(with_front(plan, original=written).front, NOBODY)
    assert original is not None
    assert original.name == sent


def test_a_page_has_a_size_once_it_is_drawn(shelf: Originals, plan: Document) -> None:
    assert shelf.page_size(plan.front, 1) is None
    page_image(shelf, plan, 1, NOBODY)
    size = shelf.page_size(plan.front, 1)
    assert size is not None
    assert size[0] == pytest.approx(1000, abs=1)
    assert shelf.page_size(plan.front, 2) is None


def test_a_size_is_never_looked_for_outside_the_cache(shelf: Originals, plan: Document) -> None:
    assert shelf.page_size(with_front(plan, original_digest="sha256:../x").front, 1) is None


def test_the_last_page_is_that_of_the_text() -> None:
    assert last_page("<!-- sida 1 -->\n\nA\n\n<!-- sida 2–4 -->\n\nB") == 4
    assert last_page("A") == 0
