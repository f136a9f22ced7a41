"""Measure the readers over a folder of documents: `python -m evals.ingest_readers [FOLDER]`."""

import argparse
import json
import subprocess
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

_FOLDERS = ("seeds", "sv_pdf", "sv_docx", "sv_html", "sv_md", "hostile")
_READABLE = frozenset(".pdf .docx .doc .html .htm .md .txt".split())
_LONGEST = 600.0  # seconds for one file, comparison included
_Record = dict[str, Any]


def main(arguments: Sequence[str] | None = None) -> int:
    """Read every file in a process of its own; print a row each and the sums."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=find_documents())
    parser.add_argument("--only", default="", help="folders of it, with commas between")
    parser.add_argument("--out", type=Path, help="write a line of JSON per file here")
    parser.add_argument("--missed", action="store_true", help="print the headings not found")
    options = parser.parse_args(arguments)
    if options.folder is None:
        say("No documents beside the project: name their folder.")
        return 2
    only = tuple(filter(None, options.only.split(","))) or _FOLDERS
    paths = [path for name in only for path in sorted((options.folder / name).iterdir())]
    records = []
    for path in paths:
        if path.suffix.lower() in _READABLE:
            records.append(_read(path, path.relative_to(options.folder)))
            say(_row(records[-1], missed=options.missed))
    if options.out:
        lines = (json.dumps(record, ensure_ascii=False) for record in records)
        options.out.write_text("\n".join(lines) + "\n", encoding="utf-8")
    say("\n" + "\n".join(summary(records)))
    return 0


def find_documents() -> Path | None:
    """Return the documents that lie beside the project, if any."""
    folders = (parent / "shared/documents" for parent in Path(__file__).resolve().parents)
    return next((folder for folder in folders if folder.is_dir()), None)


def summary(records: Sequence[_Record]) -> list[str]:
    """Return the sums over the records: headings, words, time, memory, outcomes."""
    read = [record for record in records if record["outcome"] == "read"]
    lines = [f"files {len(records)}, read {len(read)}, refused {len(records) - len(read)}"]
    keys = sorted({key for record in read for key in record["headings"] or {}})
    for key in keys:
        lines.append(_share(key, [(record["headings"] or {}).get(key) for record in read]))
    lines.append(_share("precision", [record["precise"] for record in read]))
    errors = [(record["error"], record["name"]) for record in read if record["error"] is not None]
    lines += [f"word error {error:.2%}: {name}" for error, name in sorted(errors, reverse=True)]
    slowest = max(records, key=lambda record: record["seconds"])
    largest = max(records, key=lambda record: record["peak"])
    lines.append(f"slowest {slowest['seconds']} s: {slowest['name']}")
    lines.append(f"largest {largest['peak']} MiB: {largest['name']}")
    lines.append(f"pages {sum(record['pages'] or 0 for record in read)}")
    return lines


def _share(name: str, counted: Iterable[_Record | None]) -> str:
    there = [one for one in counted if one and one["wanted"]]
    wanted = sum(one["wanted"] for one in there)
    found = sum(one["found"] for one in there)
    return (
        f"{name}: {found} of {wanted} headings in {len(there)} files = {found / max(1, wanted):.1%}"
    )


def _read(path: Path, label: Path) -> _Record:
    compare = "alone" if label.parts[0] == "hostile" else "compare"
    command = [sys.executable, "-m", "evals.reader_parts.one_file", str(path), str(label), compare]
    try:
        done = subprocess.run(command, capture_output=True, timeout=_LONGEST, check=True)
    except subprocess.SubprocessError as error:
        return _failed(str(label), f"CRASHED: {error}")
    record: _Record = json.loads(done.stdout)
    return record


def _failed(name: str, outcome: str) -> _Record:
    empty = dict.fromkeys(("headings", "precise", "error", "kept", "odd", "pages"))
    return {
        "name": name,
        "outcome": outcome,
        "seconds": 0.0,
        "cpu": 0.0,
        "peak": 0,
        "warnings": [],
        **empty,
    }


def _row(record: _Record, *, missed: bool) -> str:
    """Return one line on a file, and the headings it missed."""
    parts = [f"{record['name']}: {record['outcome']}"]
    times = f"{record['seconds']} s, {record['cpu']} s cpu"
    parts.append(f"{record['pages'] or '-'} p, {times}, {record['peak']} MiB")
    headings: _Record = record["headings"] or {}
    parts += [f"{key} {one['found']}/{one['wanted']}" for key, one in headings.items()]
    if record["kept"] is not None:
        parts.append(f"kept {record['kept']:.1%}, odd {record['odd']:.2%}")
    if record["error"] is not None:
        parts.append(f"word error {record['error']:.2%}")
    lines = [" | ".join(parts)]
    if missed:
        lines += [f"    {key}: {text}" for key, one in headings.items() for text in one["missed"]]
    return "\n".join(lines)


def say(text: str) -> None:
    """Write a line at once, so that a long run shows how far it is."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
