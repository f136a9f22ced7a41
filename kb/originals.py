"""Hand out originals and images of their pages, only to those who may see the Document."""

import tempfile
from collections.abc import Collection, Iterable
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from shutil import rmtree
from threading import BoundedSemaphore

from ingest.document import Document, Status
from ingest.errors import RefusedFileError
from ingest.files.kept import kept_original
from ingest.files.page_image import draw_page
from ingest.library.page_marker import find_markers
from kb.index.snapshot import EVERYONE

_FOLDER = "pages"
_PUBLISHED = frozenset({Status.PUBLISHED})
_MEDIA_TYPES = {
    ".pdf": "application/pdf",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    # A page that someone wrote is never a page of ours: the browser must not run it.
    "": "application/octet-stream",
}


@dataclass(frozen=True, slots=True)
class Original:
    """A kept file: its bytes are those that the Document was made from.

    `name` is what to call it in a download, never a path. All but a PDF is to be sent as an
    attachment.
    """

    path: Path
    name: str
    media_type: str


class Originals:
    """The originals of a library, and the cache of page images in a data folder.

    Safe to ask from several threads. What someone may not see and what is not there look the
    same: None.
    """

    def __init__(self, library: Path, data: Path, *, at_once: int = 2) -> None:
        self._library = library
        self._pages = data / _FOLDER
        self._turns = BoundedSemaphore(at_once)
        self._failed: set[tuple[str, int]] = set()

    def original_for(
        self,
        document: Document,
        audience: Collection[str],
        *,
        statuses: Collection[Status] = _PUBLISHED,
    ) -> Original | None:
        """Return the file a Document was made from, if this audience may see the Document.

        The council passes the statuses that its members see besides what is published.
        """
        path = self._permitted(document, audience, statuses)
        if path is None:
            return None
        media_type = _MEDIA_TYPES.get(path.suffix, _MEDIA_TYPES[""])
        return Original(path, document.front.original or path.name, media_type)

    def page_image(
        self,
        document: Document,
        page: int,
        audience: Collection[str],
        *,
        statuses: Collection[Status] = _PUBLISHED,
    ) -> bytes | None:
        """Return a page of a PDF original as WebP, if this audience may see the Document.

        Only pages that the Document's text comes from are drawn, each once: a hostile file
        costs at most one child's time and memory, and is not tried again before a restart.
        """
        path = self._permitted(document, audience, statuses)
        if path is None or path.suffix != ".pdf" or not 1 <= page <= last_page(document.body):
            return None
        kept = self._pages / path.stem / f"{page}.webp"
        with suppress(OSError):
            return kept.read_bytes()
        with self._turns:
            if (path.stem, page) in self._failed:
                return None
            try:
                image = draw_page(path, page)
            except RefusedFileError:
                self._failed.add((path.stem, page))
                return None
        _store(kept, image)
        return image

    def prune(self, documents: Iterable[Document]) -> None:
        """Forget the page images of what is no longer published."""
        digests = {
            (one.front.original_digest or "").removeprefix("sha256:")
            for one in documents
            if one.front.status is Status.PUBLISHED
        }
        for folder in self._pages.glob("*"):
            if folder.name not in digests:
                rmtree(folder, ignore_errors=True)

    def _permitted(
        self, document: Document, audience: Collection[str], statuses: Collection[Status]
    ) -> Path | None:
        """Return the kept file if the Document may be seen and its bytes are still the same."""
        front = document.front
        if front.status not in statuses or front.audience not in {EVERYONE, *audience}:
            return None
        digest = front.original_digest or ""
        path = kept_original(self._library, digest)
        if path is None or f"sha256:{sha256(path.read_bytes()).hexdigest()}" != digest:
            return None
        return path


def last_page(body: str) -> int:
    """Return the last page of the source that a body comes from; 0 where it has no pages."""
    return max((pages.last for _, pages in find_markers(body)), default=0)


def _store(path: Path, data: bytes) -> None:
    """Keep an image in the cache, whole or not at all; a full disk costs only time."""
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as stream:
            stream.write(data)
        Path(stream.name).replace(path)
