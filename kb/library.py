"""Load the library: every Document of a folder; a malformed one never stops the others."""

from dataclasses import dataclass, field
from pathlib import Path

from ingest.document import Document
from ingest.errors import FrontMatterError, TableError, VagvisarenError
from ingest.intake.shelf import is_apart
from ingest.library.front_matter import load
from ingest.library.tables import parse_table


@dataclass(frozen=True, slots=True)
class Library:
    """The Documents and tables of a folder, and what could not be read.

    `tables` are YAML by file name; `refused` pairs a file name with the reason.
    """

    folder: Path
    documents: tuple[Document, ...]
    refused: tuple[tuple[str, str], ...]
    tables: dict[str, str] = field(default_factory=dict)


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
    tables, bad_tables = _load_tables(folder)
    return Library(folder, tuple(documents.values()), (*refused, *bad_tables), tables)


def _load_tables(folder: Path) -> tuple[dict[str, str], list[tuple[str, str]]]:
    """Read the tables in `tables/`, and say which are malformed."""
    tables: dict[str, str] = {}
    refused: list[tuple[str, str]] = []
    for path in sorted((folder / "tables").glob("*.y*ml")):
        try:
            source = path.read_text(encoding="utf-8")
            parse_table(source, name=path.name)
        except UnicodeDecodeError:
            refused.append((f"tables/{path.name}", "inte UTF-8; spara filen som UTF-8."))
        except TableError as error:
            refused.append((f"tables/{path.name}", str(error)))
        else:
            tables[path.name] = source
    return tables, refused


def _same_key(document: Document, twin: Document) -> str:
    where = twin.path.name if twin.path else twin.key
    return f"{document.key} finns redan i {where}. Ge dokumentet ett annat id eller en ny edition."
