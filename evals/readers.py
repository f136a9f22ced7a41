"""Measure the readers over a folder of documents: `python -m evals.readers [FOLDER] --out FILE`.

`--out docs/measurements-ingest.md` renews the two generated tables of that file: the aims, and
every file. Each file is read in a process of its own, as intake does.
"""

import argparse
import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from evals.reader_parts.aims import aims_table
from evals.reader_parts.files_table import files_table, put_into
from evals.reader_parts.one_file import Reading, from_json

_FOLDERS = ("seeds", "sv_pdf", "sv_docx", "sv_html", "sv_md", "hostile")
_READABLE = frozenset(".pdf .docx .doc .html .htm .md .txt".split())
_LONGEST = 900.0  # seconds for one file, comparison included


def main(arguments: Sequence[str] | None = None) -> int:
    """Read every file, print a row each and the sums; return 2 where there are no documents."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("folder", nargs="?", type=Path, default=find_documents())
    parser.add_argument("--only", default="", help="folders of it, with commas between")
    parser.add_argument("--out", type=Path, help="renew the tables in this Markdown file")
    parser.add_argument("--json", type=Path, help="write a line of JSON per file here")
    parser.add_argument("--missed", action="store_true", help="print the headings not found")
    options = parser.parse_args(arguments)
    if options.folder is None:
        say("No documents beside the project: name their folder.")
        return 2
    only = tuple(filter(None, options.only.split(","))) or _FOLDERS
    paths = [path for name in only for path in sorted((options.folder / name).iterdir())]
    readings = []
    for path in paths:
        if path.suffix.lower() in _READABLE:
            readings.append(_read(path, str(path.relative_to(options.folder))))
            say(_row(readings[-1], missed=options.missed))
    aims = aims_table(readings)
    if options.json:
        options.json.write_text("\n".join(map(_to_json, readings)) + "\n", encoding="utf-8")
    if options.out:
        put_into(options.out, {"aims": aims, "files": files_table(readings)})
    say(f"\n{aims}")
    return 0


def find_documents() -> Path | None:
    """Return the documents that lie beside the project, if any."""
    folders = (parent / "shared/documents" for parent in Path(__file__).resolve().parents)
    return next((folder for folder in folders if folder.is_dir()), None)


def _read(path: Path, name: str) -> Reading:
    compare = "alone" if name.startswith("hostile") else "compare"
    command = [sys.executable, "-m", "evals.reader_parts.one_file", str(path), name, compare]
    try:
        done = subprocess.run(command, capture_output=True, timeout=_LONGEST, check=True)
    except subprocess.SubprocessError as error:
        return Reading(name, f"CRASHED: {error}")
    return from_json(json.loads(done.stdout))


def _to_json(reading: Reading) -> str:
    return json.dumps(reading.to_json(), ensure_ascii=False)


def _row(reading: Reading, *, missed: bool) -> str:
    """Return one line on a file, and the headings it missed."""
    parts = [f"{reading.name}: {reading.outcome}"]
    times = f"{reading.seconds} s, {reading.cpu} s cpu"
    parts.append(f"{reading.pages or '-'} p, {times}, {reading.peak} MiB")
    headings = reading.headings or {}
    parts += [f"{key} {one.found}/{one.wanted}" for key, one in headings.items()]
    if reading.kept is not None:
        parts.append(f"kept {reading.kept:.1%}, odd {reading.odd:.2%}")
    if reading.error is not None:
        parts.append(f"word error {reading.error:.2%}")
    lines = [" | ".join(parts)]
    if missed:
        lines += [f"    {key}: {text}" for key, one in headings.items() for text in one.missed]
    return "\n".join(lines)


def say(text: str) -> None:
    """Write a line at once, so that a long run shows how far it is."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
