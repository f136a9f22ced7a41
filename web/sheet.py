"""The page of the original beside a passage: its image, where to turn, what to download."""

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol
from urllib.parse import quote

from starlette.datastructures import URL

from ingest.document import FrontMatter

A4 = (1000, 1414)  # the room kept for a page that nobody has drawn yet
PLACE = "originalet"  # the id of the section that shows it


class Original(Protocol):
    """A kept file, what to call it and what it is."""

    @property
    def path(self) -> Path: ...  # noqa: D102
    @property
    def name(self) -> str: ...  # noqa: D102
    @property
    def media_type(self) -> str: ...  # noqa: D102


class Leaf(Protocol):
    """A page of an original: its number of `last`, its size in pixels if that is known."""

    @property
    def number(self) -> int: ...  # noqa: D102
    @property
    def last(self) -> int: ...  # noqa: D102
    @property
    def size(self) -> tuple[int, int] | None: ...  # noqa: D102


class Originals(Protocol):
    """Hand out originals; `kb.open_originals.OpenOriginals` is the one in production.

    What is not there and what is not open to `audience` are alike None.
    """

    def original(
        self, document_id: str, edition: str, *, audience: frozenset[str]
    ) -> Original | None:
        """Return the file that an edition was made from."""
        ...

    def page_image(
        self, document_id: str, edition: str, page: int, *, audience: frozenset[str]
    ) -> bytes | None:
        """Return a page of an edition's original as WebP."""
        ...

    def leaf(
        self, document_id: str, edition: str, page: int, *, audience: frozenset[str]
    ) -> Leaf | None:
        """Return what there is to say of a page; None where it has no image."""
        ...


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page of an original as shown; `before` and `after` are addresses, empty at the ends.

    Without `is_measured` width and height are those of the room kept for it.
    """

    number: int
    last: int
    width: int
    height: int
    is_measured: bool
    image: str
    before: str
    after: str
    original: str


def is_pdf(front: FrontMatter) -> bool:
    """Say whether a Document was made from a PDF, so that there are pages to show."""
    return bool(front.original_digest) and (front.original or "").lower().endswith(".pdf")


def sheet_of(leaf: Leaf, front: FrontMatter, here: URL) -> Sheet:
    """Make what the passage page shows of a page; `here` is the address that turns its leaves."""
    edition = f"{quote(front.id, safe='')}/{quote(front.edition, safe='')}"
    width, height = leaf.size or A4

    def turned(number: int) -> str:
        if not 1 <= number <= leaf.last:
            return ""
        there = here.include_query_params(sida=number)
        return f"{there.path}?{there.query}#{PLACE}"

    return Sheet(
        number=leaf.number,
        last=leaf.last,
        width=width,
        height=height,
        is_measured=leaf.size is not None,
        image=f"/sida/{edition}/{leaf.number}",
        before=turned(leaf.number - 1),
        after=turned(leaf.number + 1),
        original=f"/original/{edition}",
    )
