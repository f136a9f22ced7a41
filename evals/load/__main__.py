"""Measure the web under load on this machine: `python -m evals.load`, whole or by part."""

import argparse
import sys
import tempfile
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from evals.load import parts, spent, two, weight
from evals.load.at_once import at_once
from evals.load.crowd import Thinking
from evals.load.plan import HEAD, Plan, put
from evals.load.process import machine
from ingest.errors import VagvisarenError
from kb.settings import read_settings

PARTS: dict[str, Callable[[Plan], str]] = {
    "crowd": parts.crowd,
    "at_once": at_once,
    "sessions": parts.sessions,
    "replicas": two.replicas,
    "start": parts.start,
    "page": weight.page,
    "turn": spent.turn,
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure the parts named, or all of them; each is written as soon as it is there."""
    parser = argparse.ArgumentParser(prog="python -m evals.load", description=__doc__)
    parser.add_argument("parts", nargs="*", choices=[*PARTS, []], help=", ".join(PARTS))
    parser.add_argument("--people", type=int, nargs="+", default=[100, 200])
    parser.add_argument("--turns", type=int, default=3, help="questions of each person")
    parser.add_argument(
        "--thinking", type=float, nargs=2, default=[5, 25], help="least and most seconds"
    )
    parser.add_argument("--sessions", type=int, default=3_000, help="of the long run")
    parser.add_argument("--data", type=Path, help="folder with an index; it is copied")
    parser.add_argument("--out", type=Path, help="page to write the parts in")
    options = parser.parse_args(arguments)
    try:
        with tempfile.TemporaryDirectory(prefix="vagvisaren-load-") as place:
            plan = Plan(
                data=read_settings(data=options.data).data,
                place=Path(place),
                people=tuple(options.people),
                turns=options.turns,
                thinking=Thinking(*options.thinking),
                sessions=options.sessions,
            )
            for name in options.parts or PARTS:
                where = f"{date.today().isoformat()}. {machine()}."
                text = f"{PARTS[name](plan)}\n\n<small>{where}</small>"
                sys.stdout.write(text + "\n\n")
                sys.stdout.flush()
                _write(options.out, name, text)
    except VagvisarenError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    return 0


def _write(out: Path | None, name: str, text: str) -> None:
    if out is not None:
        page = out.read_text(encoding="utf-8") if out.exists() else HEAD
        out.write_text(put(page, name, text), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
