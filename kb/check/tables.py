"""Check the tables: every rule is there, with the right norm, and every condition stands."""

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from ingest.document import Norm, Passage
from ingest.library.alarm_table import AlarmTable
from ingest.library.decision_table import DecisionTable, Verdict
from ingest.library.passages import split
from ingest.library.tables import Table, parse_table
from kb.answer.ruled import is_named
from kb.answer.units import units_of
from kb.check.finding import Finding, Name, Severity
from kb.library import Library
from kb.validity import Standing, standings

_NORM = {Verdict.NO: Norm.MUST_NOT, Verdict.YES: Norm.MAY, Verdict.ONLY_IF: Norm.MAY_IF}


def check_tables(library: Library, *, today: date) -> Iterator[Finding]:
    """Check every table against the Documents in force on a day."""
    if not library.tables:
        return
    standing = standings((document.front for document in library.documents), as_of=today)
    in_force = [d for d in library.documents if standing[d.key] is Standing.IN_FORCE]
    passages = {f"{p.document_id}#{p.anchor}": p for d in in_force for p in split(d)}
    for name, source in library.tables.items():
        table = parse_table(source, name=name)
        for where, what, remedy in _faults(table, passages, today=today):
            line = _line_of(source, where)
            file = str(Path("tables") / name)
            yield Finding(file, line, Severity.ERROR, Name.TABLE, what, remedy)


def _faults(
    table: Table, passages: Mapping[str, Passage], *, today: date
) -> Iterator[tuple[str, str, str]]:
    """Yield a text to find the line by, what is wrong, and what to write instead."""
    if table.review_by and table.review_by < today:
        yield "review_by", f"granskningen skulle vara klar {table.review_by}", "Granska tabellen."
    if isinstance(table, AlarmTable):
        for alarm in table.alarms:
            if alarm.section not in passages:
                yield alarm.section, *_missing(alarm.section)
        return
    for _, section in table.sections():
        if section not in passages:
            yield section, *_missing(section)
    yield from _contradictions(table, passages)


def _contradictions(
    table: DecisionTable, passages: Mapping[str, Passage]
) -> Iterator[tuple[str, str, str]]:
    for place, ruling in table.cells():
        rules = [passages[rule] for rule in ruling.rules if rule in passages]
        if rules and rules[0].norm is not _NORM[ruling.verdict]:
            norm = rules[0].norm or "utan norm"
            what = f"{place} är {ruling.verdict}, men {ruling.rules[0]} är {norm}"
            yield ruling.rules[0], what, f"Välj en regel med normen {_NORM[ruling.verdict]}."
        units = [unit for rule in rules for unit in units_of(rule)]
        for condition in ruling.conditions:
            if not any(is_named(unit, [condition]) for unit in units):
                what = f"villkoret i {place} står inte i reglerna: {condition}"
                yield condition, what, "Skriv meningen ordagrant, eller listans första rad."


def _missing(section: str) -> tuple[str, str]:
    return (
        f"{section} finns inte i något gällande dokument",
        "Rätta ankaret, eller peka på en annan regel.",
    )


def _line_of(source: str, text: str) -> int:
    """Return the first line that holds a text; 1 if it is wrapped."""
    lines = source.splitlines()
    return next((number for number, line in enumerate(lines, 1) if text in line), 1)
