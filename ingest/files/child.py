"""The child process of isolation: limit itself, convert one file, write the reply."""

import logging
import sys
import warnings
from pathlib import Path

from ingest.files.wire import encode_conversion, encode_refusal

_LARGEST_REPLY = 64 * 2**20
OCR_PROGRAM = "tesseract"
_FORBIDDEN = (
    "os.exec",
    "os.fork",
    "os.posix_spawn",
    "os.system",
    "socket.connect",
    "socket.getaddrinfo",
    "subprocess.",
)


def main(path: str, seconds: str, memory: str, ocr: str = "") -> None:
    """Convert a file and write the reply to standard output, whatever happens."""
    limit_self(int(seconds), int(memory))
    sys.addaudithook(forbid_but_ocr if ocr else forbid)
    sys.stdout.buffer.write(_reply(Path(path), ocr=bool(ocr)))
    sys.stdout.buffer.flush()


def _reply(path: Path, *, ocr: bool) -> bytes:
    # An outer edge: the parsers raise anything at all on a hostile file, and the parent must
    # get an answer. What it was goes in the reply by type only; its text is the file's.
    try:
        from ingest.errors import RefusedFileError, ScannedFileError
        from ingest.files.convert import convert
    except MemoryError:
        return encode_refusal(_memory())
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    try:
        return encode_conversion(convert(path, ocr=ocr))
    except ScannedFileError as error:
        return encode_refusal(str(error), unread=error.pages)
    except RefusedFileError as error:
        return encode_refusal(str(error))
    except MemoryError:
        return encode_refusal(_memory())
    except Exception as error:
        return encode_refusal(
            f"Filen gick inte att läsa ({type(error).__name__}). Spara om den i programmet den "
            "kommer från och försök igen."
        )


def _memory() -> str:
    return (
        "Filen kräver mer minne än vad som är tillåtet. Spara om den, gärna utan bilder, eller "
        "dela upp den."
    )


def limit_self(seconds: int, memory: int) -> None:
    """Set the limits the system keeps; on a system without them the parent's clock remains."""
    try:
        import resource
    except ImportError:
        return
    for name, value in (
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_FSIZE, _LARGEST_REPLY),
        (resource.RLIMIT_CORE, 0),
    ):
        hard = resource.getrlimit(name)[1]
        value = value if hard == resource.RLIM_INFINITY else min(value, hard)
        resource.setrlimit(name, (value, value))


def forbid(event: str, _arguments: object) -> None:
    """Stop what no reader of documents does: nothing in a file may reach out of it."""
    if event.startswith(_FORBIDDEN):
        raise PermissionError(event)


def forbid_but_ocr(event: str, arguments: tuple[object, ...]) -> None:
    """Stop the same, but let Tesseract be started: it inherits the limits."""
    if event == "subprocess.Popen" and arguments[0] == OCR_PROGRAM:
        return
    forbid(event, arguments)


if __name__ == "__main__":
    main(*sys.argv[1:5])
