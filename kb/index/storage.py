"""Say where the parts of the index lie in the data folder, who may write them, what is stale."""

import os
import re
import shutil
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from uuid import uuid4

from filelock import FileLock, Timeout

from ingest.errors import IndexUnavailableError
from ingest.library import passages
from kb.data_folder import make_data_folder
from kb.embedding.model import Embedder
from kb.index.manifest import MANIFEST, SCHEMA
from kb.index.stored import record_format
from kb.index.vectors import Place
from kb.language.swedish import Analyser

_LEXICAL = "lexical"
_CHROMA = "chroma"
_NAME = "chroma-name"
_PART = re.compile(r"g(\d+)\b.*")


def index_identity(embedder: Embedder, analyser: Analyser) -> str:
    """Name all that an index depends on besides its Documents; another name means rebuild."""
    return " | ".join(
        (
            f"schema {SCHEMA}-{record_format()}",
            embedder.identity,
            analyser.identity,
            f"passages {passages.VERSION}",
        )
    )


def manifest_path(data: Path) -> Path:
    """Return the manifest's file."""
    return data / MANIFEST


def lexical_folder(data: Path, generation: int) -> Path:
    """Return the folder of a generation's lexical index."""
    return data / _LEXICAL / f"g{generation}"


def collection_place(data: Path, generation: int, url: str | None) -> Place:
    """Return where a generation's Chroma collection lies.

    Several data folders may share a server, each with generations of its own: there the name says
    whose it is.
    """
    name = f"in_force_g{generation}" if url is None else f"{_own_name(data)}_g{generation}"
    return Place(name, data / _CHROMA / f"g{generation}", url)


def _own_name(data: Path) -> str:
    """Return the name of a data folder on a Chroma server, drawn once and kept in the folder."""
    kept = data / _NAME
    with suppress(OSError):
        return kept.read_text(encoding="ascii").strip()
    make_data_folder(data)
    drawn = kept.with_name(f".{_NAME}-{uuid4().hex}")
    drawn.write_text(f"vagvisaren_{uuid4().hex[:16]}\n", encoding="ascii")
    with suppress(FileExistsError):  # another process was first: its name holds
        os.link(drawn, kept)
    drawn.unlink()
    return kept.read_text(encoding="ascii").strip()


def part_numbers(data: Path) -> set[int]:
    """Return the generations that have files in the data folder."""
    return {number for number, _ in _part_folders(data)}


def remove_parts(data: Path, *, keep: Collection[int]) -> None:
    """Remove the lexical folders and embedded collections of all other generations."""
    for number, folder in _part_folders(data):
        if number not in keep or folder.name != f"g{number}":
            shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def owner(data: Path) -> Iterator[None]:
    """Be the one who writes in the data folder, among all processes and threads.

    Raises:
        IndexUnavailableError: another is writing, or the folder cannot be written to.
    """
    lock = FileLock(data / "lock", timeout=0)
    try:
        make_data_folder(data)
        lock.acquire()
    except Timeout as error:
        raise IndexUnavailableError(
            f"Indexet i {data} byggs just nu av någon annan (en annan vagvisaren sync eller "
            "webbappen). Vänta tills det är klart och kör vagvisaren sync igen."
        ) from error
    except OSError as error:
        raise IndexUnavailableError(
            f"Det går inte att skriva i datamappen {data} ({error.strerror}). "
            "Ge skrivrätt till den eller välj en annan med --data."
        ) from error
    try:
        yield
    finally:
        lock.release()


def _part_folders(data: Path) -> list[tuple[int, Path]]:
    folders = [folder for part in (_LEXICAL, _CHROMA) for folder in (data / part).glob("g*")]
    return [(int(found[1]), folder) for folder in folders if (found := _PART.match(folder.name))]
