"""Change single values in a Document's header where they stand; nothing else of the file moves."""

import os
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

from ingest.document import Document, Status
from ingest.errors import CouncilError, FrontMatterError
from ingest.library.front_matter import dump, parse
from kb.journal.chain import content_digest

_HEADER = re.compile(r"\A(?P<open>\ufeff?---[ \t]*\r?\n)(?P<lines>.*?)(?P<close>^---)", re.S | re.M)


def reviewed_digest(document: Document) -> str:
    """Return the digest of what is reviewed: header and text, all but the status."""
    return content_digest(
        dump(replace(document, front=replace(document.front, status=Status.DRAFT)))
    )


def changed_source(source: str, *, status: Status, valid_from: date | None = None) -> str:
    """Return a file's text with another status, and another first day if one is given.

    Raises:
        CouncilError: the header is written so that this cannot be done without touching more.
    """
    values = {"status": status.value}
    if valid_from:
        values["valid_from"] = valid_from.isoformat()
    found = _HEADER.match(source)
    if found is None:
        raise CouncilError("Huvudet går inte att läsa. Rätta filen och försök igen.")
    lines = _with(found["lines"], values)
    changed = source[: found.start("lines")] + lines + source[found.end("lines") :]
    before = parse(source)
    wanted = replace(before.front, status=status)
    if valid_from:
        wanted = replace(wanted, valid_from=valid_from)
    if _read(changed) != replace(before, front=wanted):
        raise CouncilError(
            "Status står inte på en egen rad i huvudet. Skriv den som 'status: draft' och "
            "försök igen."
        )
    return changed


def _with(lines: str, values: Mapping[str, str]) -> str:
    for key, value in values.items():
        line = re.compile(rf"^({key}[ \t]*:)[^#\r\n]*?([ \t]+#[^\r\n]*|[ \t]*)(\r?)$", re.MULTILINE)
        lines, count = line.subn(rf"\g<1> {value}\g<2>\g<3>", lines, count=1)
        if not count:
            end = "\r\n" if "\r\n" in lines else "\n"
            lines += f"{key}: {value}{end}"
    return lines


def _read(source: str) -> Document | None:
    try:
        return parse(source)
    except FrontMatterError:
        return None


def read_source(path: Path) -> str:
    """Return a file's text with its own line ends.

    Raises:
        CouncilError: it cannot be read.
    """
    try:
        return path.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise CouncilError(f"{path.name} går inte att läsa som UTF-8-text.") from error


def write_source(path: Path, source: str) -> None:
    """Put a new text in a file's place in one step, with the old one's rights.

    Raises:
        CouncilError: it could not be written; the file is as it was.
    """
    beside = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        with beside.open("wb") as stream:
            os.fchmod(stream.fileno(), path.stat().st_mode & 0o7777)
            stream.write(source.encode())
            stream.flush()
            os.fsync(stream.fileno())
        beside.replace(path)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise CouncilError(
            f"{path.name} gick inte att skriva ({error.strerror}). Åtgärden står i journalen men "
            "är inte genomförd; ge skrivrätt och kör samma kommando igen."
        ) from error
