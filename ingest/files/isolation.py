"""Convert a file in a child process that may die without taking the product with it."""

import math
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from ingest.errors import RefusedFileError, ScannedFileError
from ingest.files.convert import Conversion
from ingest.files.wire import decode_reply
from ingest.pdf.ocr import SECONDS_A_PAGE, is_available

_MEGABYTE = 2**20
_PATIENCE = 3.0  # times the CPU seconds: the wall clock of a child on a busy machine
_MOST_SCANNED = 200  # pages: a quarter of an hour on an idle machine


def convert_isolated(
    path: Path,
    *,
    seconds: float = 60.0,
    memory: int = 1 << 30,
    max_bytes: int = 25 * _MEGABYTE,
    ocr: bool | None = None,
) -> Conversion:
    """Convert a file that nobody has vouched for.

    The file is only opened in a child process that has `seconds` of CPU and three times that of
    wall clock, `memory` bytes of address space, a cap on what it may write, and no network. A
    busy machine thus refuses no file that an idle one takes. Whatever goes
    wrong becomes a RefusedFileError in Swedish: what happened and what to do. A file with pages
    that only OCR can read is read once more with OCR, if that is installed or `ocr` says so,
    and has a minute more for each of them.

    The child is a new interpreter and not a multiprocessing worker: those import the parent's
    main module first, which for the web app costs seconds and most of the memory allowed.
    """
    _check_size(path, max_bytes)
    file, space = str(path.absolute()), str(memory)
    reply = run_child("ingest.files.child", [file, str(math.ceil(seconds)), space], seconds=seconds)
    try:
        conversion = decode_reply(reply)
        unread = conversion.unread
    except ScannedFileError as error:
        unread = error.pages
        if not _is_for_ocr(unread, ocr):
            raise
    if not _is_for_ocr(unread, ocr):
        return conversion
    if len(unread) > _MOST_SCANNED:
        raise RefusedFileError(
            f"Filen har {len(unread)} skannade sidor; gränsen är {_MOST_SCANNED}. Dela upp den "
            "eller kör den genom OCR-läsning i ett annat program."
        )
    longer = math.ceil(seconds + SECONDS_A_PAGE * len(unread))
    return decode_reply(
        run_child("ingest.files.child", [file, str(longer), space, "ocr"], seconds=longer)
    )


def _is_for_ocr(unread: Sequence[int], ocr: bool | None) -> bool:
    return len(unread) > 0 and (is_available() if ocr is None else ocr)


def run_child(module: str, arguments: Sequence[str], *, seconds: float) -> bytes:
    """Run a module that limits itself to CPU `seconds`, in a new interpreter.

    Returns what it wrote.

    Raises:
        RefusedFileError: it took more than that, or three times as long by the clock, or was
            killed by one of its limits.
    """
    with tempfile.TemporaryFile() as reply:
        child = subprocess.Popen(
            [sys.executable, "-m", module, *arguments],
            stdin=subprocess.DEVNULL,
            stdout=reply,
            stderr=subprocess.DEVNULL,
            env=_environment(),
            start_new_session=True,
        )
        try:
            code = child.wait(_PATIENCE * seconds)
        except subprocess.TimeoutExpired as error:
            raise _too_slow(seconds) from error
        finally:
            _kill(child)
        if code in (-signal.SIGXCPU, -signal.SIGKILL):
            raise _too_slow(seconds)
        reply.seek(0)
        return reply.read()


def _check_size(path: Path, max_bytes: int) -> None:
    try:
        if not path.is_file():
            raise RefusedFileError("Filen finns inte. Kontrollera sökvägen.")
        size = path.stat().st_size
        if not os.access(path, os.R_OK):
            raise RefusedFileError("Filen får inte läsas. Ändra dess rättigheter och försök igen.")
    except OSError as error:
        raise RefusedFileError("Filen går inte att nå. Kontrollera sökvägen.") from error
    if size > max_bytes:
        raise RefusedFileError(
            f"Filen är {size / _MEGABYTE:.0f} MB; gränsen är {max_bytes / _MEGABYTE:.0f} MB. "
            "Dela upp den eller spara den utan bilder och försök igen."
        )


def _environment() -> dict[str, str]:
    """Return a bare environment: the child has no use for the settings or secrets of ours."""
    root = str(Path(__file__).resolve().parents[2])
    paths = [root, os.environ.get("PYTHONPATH", "")]
    return {
        "PATH": os.environ.get("PATH", ""),
        "PYTHONPATH": os.pathsep.join(filter(None, paths)),
        "PYTHONUTF8": "1",
        # One thread: the limit on memory counts the stacks of others, and files share the cores.
        "OMP_THREAD_LIMIT": "1",
        "OPENBLAS_NUM_THREADS": "1",
        **{name: os.environ[name] for name in ("TESSDATA_PREFIX",) if name in os.environ},
    }


def _too_slow(seconds: float) -> RefusedFileError:
    return RefusedFileError(
        f"Filen tog mer än {seconds:.0f} sekunder att läsa och avbröts. Spara om den, gärna utan "
        "bilder och bilagor, eller dela upp den."
    )


def _kill(child: subprocess.Popen[bytes]) -> None:
    """End the child and whatever it started."""
    if child.poll() is None:
        with suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
        child.wait()
