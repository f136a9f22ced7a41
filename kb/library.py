"""Load the library: every Document of a folder; a malformed one never stops the others."""

from dataclasses import dataclass
from pathlib import Path

from ingest.document import Document
from ingest.errors import FrontMatterError, VagvisarenError
from ingest.front_matter import load
from ingest.shelf import is_apart


@dataclass(frozen=True, slots=True)
class Library:
    """The Documents of a folder, and what could not be read: (file name, reason)."""

    folder: Path
    documents: tuple[Document, ...]
    refused: tuple[tuple[str, str], ...]


def load_library(folder: Path) -> Library:
    """Read every `*.md` of a folder and its subfolders, in order of path.

    Raises:
        VagvisarenError: the folder does not exist.
    """
    if not folder.is_dir():
        raise VagvisarenError(
            f"Biblioteket {folder} finns inte. Ange en mapp med --library eller VAGVISAREN_LIBRARY."
        )
    documents: dict[str, Document] = {}
    refused: list[tuple[str, str]] = []
    for path in sorted(folder.rglob("*.md")):
        if is_apart(path.relative_to(folder)):
            continue
        name = str(path.relative_to(folder))
        try:
            document = load(path)
        except FrontMatterError as error:
            refused.append((name, str(error)))
            continue
        if twin := documents.get(document.key):
            refused.append((name, _same_key(document, twin)))
            continue
        documents[document.key] = document
    return Library(folder, tuple(documents.values()), tuple(refused))


def _same_key(document: Document, twin: Document) -> str:
    where = twin.path.name if twin.path else twin.key
    return f"{document.key} finns redan i {where}. Ge dokumentet ett annat id eller en ny edition."
