"""Originals and page images by the address of an edition, for whoever asks."""

from dataclasses import dataclass
from typing import Protocol

from kb.guide import Edition
from kb.originals import Original, Originals


class Editions(Protocol):
    """Who knows the published editions that are open to somebody; `kb.guide.Guide` does."""

    def edition(
        self, document_id: str, edition: str, *, audience: frozenset[str] = frozenset()
    ) -> Edition | None:
        """Return an edition; None if it is not there or not open to `audience`."""
        ...


@dataclass(frozen=True, slots=True)
class Leaf:
    """A page of an original, ready to be named on a screen.

    `number` is the page, of `last`; `size` in pixels, None until it has been drawn.
    """

    number: int
    last: int
    size: tuple[int, int] | None


class OpenOriginals:
    """The originals of the editions in the index; safe to ask from several threads.

    What may not be seen and what is not there are alike None.
    """

    def __init__(self, editions: Editions, originals: Originals) -> None:
        self._editions = editions
        self._originals = originals

    def original(
        self, document_id: str, edition: str, *, audience: frozenset[str]
    ) -> Original | None:
        """Return the file that an edition was made from."""
        found = self._editions.edition(document_id, edition, audience=audience)
        if found is None:
            return None
        return self._originals.original_for(found.front, audience)

    def page_image(
        self, document_id: str, edition: str, page: int, *, audience: frozenset[str]
    ) -> bytes | None:
        """Return a page of an edition's original as WebP."""
        found = self._editions.edition(document_id, edition, audience=audience)
        if found is None:
            return None
        return self._originals.page_image(found.front, page, audience, pages=found.pages)

    def leaf(
        self, document_id: str, edition: str, page: int, *, audience: frozenset[str]
    ) -> Leaf | None:
        """Return what there is to say of a page; None where its original has no pages to show."""
        found = self._editions.edition(document_id, edition, audience=audience)
        if found is None or not 1 <= page <= found.pages:
            return None
        original = self._originals.original_for(found.front, audience)
        if original is None or original.media_type != "application/pdf":
            return None
        return Leaf(page, found.pages, self._originals.page_size(found.front, page))
