"""Read and write Documents: a YAML header between `---` lines over a Markdown body."""

import re
from enum import StrEnum
from pathlib import Path
from typing import Any

import yaml

from ingest.document import Document, Source
from ingest.errors import FrontMatterError
from ingest.library.header import KEYS, HeaderReader

_HEADER = re.compile(
    r"\A\ufeff?---[ \t]*\r?\n(.*?)^---[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE
)


def has_front_matter(text: str) -> bool:
    """Say whether the text starts with a front matter header."""
    return _HEADER.match(text) is not None


def load(path: Path) -> Document:
    """Read a Document from a file.

    Raises:
        FrontMatterError: the file cannot be read or its header is malformed; the message names
            file, line, what is wrong and what to write instead.
    """
    if not path.is_file():
        raise FrontMatterError(f"{path.name}: är ingen vanlig fil. Ta bort den eller ersätt den.")
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise FrontMatterError(
            f"{path.name}: filen går inte att läsa ({error}). Spara den som UTF-8-text."
        ) from error
    return parse(text, path=path)


def parse(text: str, *, path: Path | None = None) -> Document:
    """Parse a Document; `path` is used in messages and kept on the Document.

    Raises:
        FrontMatterError: as `load`.
    """
    name = path.name if path else "dokumentet"
    match = _HEADER.match(text)
    if not match and text.startswith("---"):
        raise FrontMatterError(
            f"{name}, rad 1: huvudet tar inte slut. Skriv en rad --- mellan huvudet och texten."
        )
    if not match:
        raise FrontMatterError(
            f"{name}, rad 1: huvudet saknas. Börja filen med en rad ---, "
            "sedan id: och title:, sedan en rad ---."
        )
    header = match.group(1)
    return Document(
        HeaderReader(name, header).front_matter(), text[match.end() :].strip("\n"), path
    )


def dump(document: Document) -> str:
    """Write a Document as text; `parse` reads it back to an equal front matter and body."""
    data: dict[str, Any] = {}
    for key in KEYS:
        value = getattr(document.front, key)
        if key.startswith("original") and value is None:
            continue
        data[key] = _plain(value)
    header = yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=10_000)
    return f"---\n{header}---\n\n{document.body.strip()}\n"


def _plain(value: Any) -> Any:
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, Source):
        return {"title": value.title, "ref": value.ref}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    return value
