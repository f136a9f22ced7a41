"""Keep originals, and what each was read as, by the digest of their bytes."""

import os
import re
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from ingest.errors import RefusedFileError
from ingest.files.convert import Conversion
from ingest.files.sniff import EXTENSIONS
from ingest.files.wire import decode_reply, encode_conversion

ORIGINALS = "originals"
_DIGEST = re.compile(r"sha256:([0-9a-f]{64})")
_READING = ".reading.json"


def keep(library: Path, digest: str, source: Path, conversion: Conversion | None) -> None:
    """Keep a file's bytes, and what they were read as if anything read them.

    Raises:
        RefusedFileError: the bytes are no longer those of the digest, or cannot be written.
    """
    name = _hex(digest)
    extension = source.suffix.lower()
    kept = library / ORIGINALS / f"{name}{extension if extension in EXTENSIONS else ''}"
    if not kept.exists():
        try:
            data = source.read_bytes()
        except OSError as error:
            raise RefusedFileError("Filen går inte att läsa längre. Kör igen.") from error
        if sha256(data).hexdigest() != name:
            raise RefusedFileError("Filen ändrades medan den lästes. Kör samma kommando igen.")
        write_whole(kept, data)
    if conversion is not None:
        write_whole(library / ORIGINALS / f"{name}{_READING}", encode_conversion(conversion))


def kept_original(library: Path, digest: str) -> Path | None:
    """Return the file with an original's bytes; None if it is not kept.

    No part of the path comes from a person: a digest that is none leads nowhere, and neither
    does a link.
    """
    match = _DIGEST.fullmatch(digest)
    if match is None:
        return None
    for extension in ("", *EXTENSIONS):
        path = library / ORIGINALS / f"{match[1]}{extension}"
        if path.is_file() and not path.is_symlink():
            return path
    return None


def kept_reading(library: Path, digest: str) -> Conversion | None:
    """Return what an original was read as when it was taken in; None if that is not kept."""
    match = _DIGEST.fullmatch(digest)
    path = library / ORIGINALS / f"{match[1]}{_READING}" if match else None
    if path is None or not path.is_file():
        return None
    with suppress(OSError, RefusedFileError):
        return decode_reply(path.read_bytes())
    return None


def write_whole(path: Path, data: bytes) -> None:
    """Write a file beside its place, flush it to disk, put it in place: all or nothing.

    Raises:
        RefusedFileError: it could not be written.
    """
    beside = path.with_name(f".{path.name}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with beside.open("wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        beside.replace(path)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise RefusedFileError(
            f"{path.name} gick inte att skriva ({error.strerror}). Frigör utrymme eller ändra "
            "mappens rättigheter och försök igen."
        ) from error


def _hex(digest: str) -> str:
    match = _DIGEST.fullmatch(digest)
    if match is None:
        raise RefusedFileError("Filen gick inte att läsa. Kontrollera sökvägen och försök igen.")
    return match[1]
