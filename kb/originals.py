"""Hand out originals and images of their pages, only to those who may see the Document."""

import re
import tempfile
from collections.abc import Collection, Iterable
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from shutil import rmtree
from threading import BoundedSemaphore

from ingest.document import Document, FrontMatter, Status
from ingest.errors import RefusedFileError
from ingest.files.kept import kept_original
from ingest.files.page_image import HEADER, draw_page, image_size
from ingest.library.page_marker import find_markers
from kb.index.snapshot import EVERYONE

_FOLDER = "pages"
_HEX = re.compile(r"[0-9a-f]{64}")
_LONGEST_NAME = 120
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
        front: FrontMatter,
        audience: Collection[str],
        *,
        statuses: Collection[Status] = _PUBLISHED,
    ) -> Original | None:
        """Return the file a Document was made from, if this audience may see the Document.

        The council passes the statuses that its members see besides what is published.
        """
        path = self._permitted(front, audience, statuses)
        if path is None:
            return None
        media_type = _MEDIA_TYPES.get(path.suffix, _MEDIA_TYPES[""])
        return Original(path, _plain_name(front.original or "") or path.name, media_type)

    def page_image(
        self,
        front: FrontMatter,
        page: int,
        audience: Collection[str],
        *,
        pages: int,
        statuses: Collection[Status] = _PUBLISHED,
    ) -> bytes | None:
        """Return a page of a PDF original as WebP, if this audience may see the Document.

        Only pages that the Document's text comes from, up to `pages`, are drawn, each once: a
        hostile file costs at most one child's time and memory, and is not tried again before a
        restart.
        """
        if not 1 <= page <= pages:
            return None
        path = self._permitted(front, audience, statuses)
        if path is None or path.suffix != ".pdf":
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

    def page_size(self, front: FrontMatter, page: int) -> tuple[int, int] | None:
        """Return width and height in pixels of a page that has been drawn; None until it has.

        Asked only for those who may see the Document: it is no secret, but nor is it checked.
        """
        digest = (front.original_digest or "").removeprefix("sha256:")
        if not _HEX.fullmatch(digest):
            return None
        with suppress(OSError), (self._pages / digest / f"{page}.webp").open("rb") as stream:
            return image_size(stream.read(HEADER))
        return None

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
        self, front: FrontMatter, audience: Collection[str], statuses: Collection[Status]
    ) -> Path | None:
        """Return the kept file if the Document may be seen and its bytes are still the same."""
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


def _plain_name(name: str) -> str:
    """Return a name that leads nowhere and hides nothing: no path, no invisible characters."""
    kept = "".join(sign for sign in name if sign.isprintable() and sign not in '/\\:"')
    stem, dot, ending = kept.strip(". ").rpartition(".")
    return f"{stem[:_LONGEST_NAME]}{dot}{ending[:_LONGEST_NAME]}"


def _store(path: Path, data: bytes) -> None:
    """Keep an image in the cache, whole or not at all; a full disk costs only time."""
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as stream:
            stream.write(data)
        Path(stream.name).replace(path)
