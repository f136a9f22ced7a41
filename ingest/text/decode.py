"""Bytes to text: the encodings Swedish files are found in."""

import codecs
import re
from pathlib import Path

from ingest.errors import RefusedFileError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(
    rb"""(?:<meta[^>]{0,200}charset|<\?xml[^>]{0,99}encoding)\s*=\s*["']?\s*([\w-]{2,20})""", re.I
)
# Tried in this order; on a tie the first wins.
_LEGACY = ("cp1252", "mac_roman", "cp850")
_EXPECTED = frozenset("åäöÅÄÖéÉüÜ§–—”“’‘•…«»°½²³µ×\u00a0")


def read_text(path: Path) -> str:
    """Return the text of a text or HTML file, whatever its encoding."""
    return decode(path.read_bytes())


def decode(data: bytes) -> str:
    """Decode by byte order mark, UTF-8, declared charset, and last by the letters that appear.

    charset-normalizer is not used: it takes Swedish in cp1252 for cp1250 or Mac Roman (measured
    on single sentences and on whole pages).
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _decode_strictly(data, encoding)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    return _decode_declared(data) or _decode_utf16(data) or _decode_legacy(data)


def _decode_strictly(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise RefusedFileError(
            "Filens text går inte att läsa: teckenkodningen är trasig. "
            "Spara om filen som UTF-8 och försök igen."
        ) from error


def _decode_declared(data: bytes) -> str | None:
    match = _DECLARED.search(data[:4096])
    if match is None:
        return None
    try:
        return data.decode(match.group(1).decode("ascii"))
    except (LookupError, UnicodeDecodeError):
        return None


def _decode_utf16(data: bytes) -> str | None:
    """Decode UTF-16 without a mark: in Latin script every second byte is zero."""
    sample = data[:4000]
    for start, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        if len(sample) >= 4 and sample[start::2].count(0) > 0.8 * (len(sample) // 2):
            return data.decode(encoding, errors="replace")
    return None


def _decode_legacy(data: bytes) -> str:
    texts = [data.decode(encoding, errors="replace") for encoding in _LEGACY]
    return max(texts, key=_likelihood)


def _likelihood(text: str) -> float:
    """Score by the share of non-ASCII characters that Swedish text is expected to have."""
    foreign = [char for char in text[:200_000] if ord(char) > 127]
    return sum(1 if char in _EXPECTED else -1 for char in foreign) / max(1, len(foreign))
