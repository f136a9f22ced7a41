"""Read what is written on the command line, and say what should have been."""

import argparse
from collections.abc import Callable
from datetime import date
from importlib import import_module
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from kb.settings import Settings

Verbs: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"
Run: TypeAlias = "Callable[[argparse.Namespace, Settings], bool]"


def a_count(text: str) -> int:
    """Read a whole number from 1."""
    if not text.isascii() or not text.isdigit() or not int(text):
        raise argparse.ArgumentTypeError(f"'{text}' är inget antal; skriv ett heltal från 1")
    return int(text)


def a_date(text: str) -> date:
    """Read a day as `2026-11-01`."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"'{text}' är inget datum; skriv 2026-11-01") from error


def imported_when_run(module: str, name: str) -> Run:
    """Return a command whose module is imported only when it is run: databases load slowly."""

    def run(options: argparse.Namespace, settings: "Settings") -> bool:
        return bool(getattr(import_module(module), name)(options, settings))

    return run
