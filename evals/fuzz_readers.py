"""Feed the readers broken files: `python -m evals.fuzz_readers FOLDER --minutes 30`.

Each round damages a file of the folder and reads it in a forked child with limits. A file must
end in Blocks or in a RefusedFileError; everything else is a finding: another exception, a crash,
too much time or memory. Findings are kept by kind, with the smallest file that shows each.
"""

import argparse
import json
import logging
import os
import random
import resource
import signal
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from evals.reader_parts.damage import damage
from ingest.errors import RefusedFileError
from ingest.files.convert import convert

_SECONDS = 20
_MEMORY = 1 << 30
_SUFFIXES = frozenset(".pdf .docx .html .htm .md .txt".split())
_ENDED = {0: "read", 3: "refused"}


def main(arguments: Sequence[str] | None = None) -> int:
    """Fuzz until the time is used; print the findings; return 1 if there are any."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("folder", type=Path, help="files to damage")
    parser.add_argument("--minutes", type=float, default=30.0, help="of processor time")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, help="keep a file for each finding here")
    options = parser.parse_args(arguments)
    rng = random.Random(options.seed)
    seeds = [
        (path.suffix.lower(), path.read_bytes())
        for path in sorted(options.folder.rglob("*"))
        if path.suffix.lower() in _SUFFIXES
    ]
    endings: Counter[str] = Counter()
    findings: dict[str, bytes] = {}
    slowest, started = (0.0, ""), _cpu()
    with tempfile.TemporaryDirectory() as folder:
        while _cpu() - started < 60 * options.minutes:
            suffix, data = rng.choice(seeds)
            other = rng.choice([more for kind, more in seeds if kind == suffix])
            broken = damage(data, other, suffix, rng)
            path = Path(folder) / f"a{suffix}"
            path.write_bytes(broken)
            before = _cpu()
            ending = read_apart(path)
            slowest = max(slowest, (_cpu() - before, suffix))
            endings[ending if ending in _ENDED.values() else "finding"] += 1
            if ending not in _ENDED.values():
                _keep(findings, f"{suffix} {ending}", broken, options.keep)
    total = sum(endings.values())
    sys.stdout.write(f"{total} files: {json.dumps(endings)}\n")
    sys.stdout.write(
        f"{(_cpu() - started) / 60:.1f} CPU minutes, slowest {slowest[0]:.1f} s ({slowest[1]})\n"
    )
    for name, data in sorted(findings.items()):
        sys.stdout.write(f"{len(data):>8} bytes  {name}\n")
    return 1 if findings else 0


def _cpu() -> float:
    """Return the CPU seconds of the children so far."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _held() -> int:
    """Return the bytes of address space that a child forked of this process begins with."""
    pages = Path("/proc/self/statm").read_text(encoding="ascii").split()[0]
    return int(pages) * resource.getpagesize()


def read_apart(path: Path) -> str:
    """Read a file in a forked child; return `read`, `refused`, or what went wrong."""
    inward, outward = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(inward)
        os._exit(_read(path, outward))
    os.close(outward)
    with os.fdopen(inward, "rb") as stream:
        told = stream.read().decode("utf-8", "replace")
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        return f"killed by {signal.Signals(os.WTERMSIG(status)).name}"
    return _ENDED.get(os.WEXITSTATUS(status), told)


def _read(path: Path, told: int) -> int:
    """Read a file under limits and return the exit code of the child."""
    resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS))
    most = _held() + _MEMORY
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    logging.disable(logging.CRITICAL)  # as in the child that reads files for the library
    try:
        convert(path)
    except RefusedFileError:
        return 3
    except BaseException as error:  # the outer edge of a fuzzing run: whatever it was is told
        trace = error.__traceback__
        while trace is not None and trace.tb_next is not None:
            trace = trace.tb_next
        place = f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}" if trace else ""
        os.write(told, f"{type(error).__name__} at {place}".encode())
        return 4
    return 0


def _keep(findings: dict[str, bytes], name: str, data: bytes, folder: Path | None) -> None:
    """Keep the smallest file of a finding, on disk too where a folder is given."""
    if name in findings and len(findings[name]) <= len(data):
        return
    findings[name] = data
    sys.stdout.write(f"finding: {name}, {len(data)} bytes\n")
    sys.stdout.flush()
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
        plain = "".join(letter if letter.isalnum() else "-" for letter in name)
        (folder / f"{plain}{name.split()[0]}").write_bytes(data)


if __name__ == "__main__":
    sys.exit(main())
