"""Read what is written on the command line, and say what should have been."""

import argparse
import re
from collections.abc import Callable
from datetime import date
from enum import StrEnum
from importlib import import_module
from typing import TYPE_CHECKING, NoReturn, TypeAlias, TypeVar

if TYPE_CHECKING:
    from kb.settings import Settings

Verbs: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"
Run: TypeAlias = "Callable[[argparse.Namespace, Settings], bool]"
Choice = TypeVar("Choice", bound=StrEnum)
_SAID = (
    (r"unrecognized arguments: (.+)", r"känner inte igen \1"),
    (r"the following arguments are required: (.+)", r"det här saknas: \1"),
    (r"one of the arguments (.+) is required", r"ange ett av \1"),
    (r"argument (.+): not allowed with argument (.+)", r"\1 går inte tillsammans med \2"),
    (r"argument (.+): expected .*argument.*", r"\1 saknar sitt värde"),
    (r"argument (.+): invalid choice: (.+) \(choose from (.+)\)", r"\1: \2 finns inte; välj \3"),
    (r"argument (.+): invalid int value: (.+)", r"\1: \2 är inget heltal"),
    (r"ambiguous option: (.+) could match (.+)", r"\1 kan betyda \2"),
    (r"argument (.+?): (.+)", r"\1: \2"),
)


class Parser(argparse.ArgumentParser):
    """A parser that says in one Swedish line what was wrong; its subparsers do too."""

    def error(self, message: str) -> NoReturn:
        """End with 2; a message that is not known is said as it came."""
        for pattern, said in _SAID:
            if found := re.fullmatch(pattern, message, re.DOTALL):
                message = found.expand(said)
                break
        self.exit(2, f"{self.prog}: {message}. Se {self.prog} --help.\n")


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


def one_of(choices: type[Choice]) -> Callable[[str], Choice]:
    """Return a reader of one of a closed set."""

    def read(text: str) -> Choice:
        try:
            return choices(text)
        except ValueError as error:
            known = ", ".join(choices)
            raise argparse.ArgumentTypeError(f"'{text}' finns inte; välj {known}") from error

    return read


def imported_when_run(module: str, name: str) -> Run:
    """Return a command whose module is imported only when it is run: databases load slowly."""

    def run(options: argparse.Namespace, settings: "Settings") -> bool:
        return bool(getattr(import_module(module), name)(options, settings))

    return run
