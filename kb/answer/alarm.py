"""Recognise a question that tells of danger: what to do first is quoted before anything else."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from ingest.document import FrontMatter, Passage
from ingest.library.alarm_table import AlarmTable
from kb.answer.compose import Composition, cite_whole, lay_out
from kb.language.expressions import Expression, places_in, read_expressions, where
from kb.language.swedish import Analyser


@dataclass(frozen=True, slots=True)
class Alarms:
    """A table of alarms with its words as search terms; most urgent first."""

    table: AlarmTable
    words: tuple[tuple[str, frozenset[Expression]], ...]


def read_alarms(table: AlarmTable, analyser: Analyser) -> Alarms:
    """Analyse every expression of a table once."""
    words = tuple(
        (alarm.section, read_expressions(alarm.words, analyser)) for alarm in table.alarms
    )
    return Alarms(table, words)


def raised(text: str, alarms: Alarms, analyser: Analyser) -> str | None:
    """Return the section, `document#anchor`, that a question's danger calls for; None if none."""
    said = places_in(analyser.tokens(text))
    return next((section for section, words in alarms.words if where(words, said)), None)


def lead_with(
    passage: Passage, rest: Composition | None, *, front: Callable[[str, str], FrontMatter]
) -> Composition:
    """Quote a passage before the rest of an answer; its direct answer gives way to the alarm."""
    first = cite_whole(passage, 1, front=front)
    after = rest.citations if rest else ()
    numbered = tuple(replace(c, n=place) for place, c in enumerate(after, start=2))
    text = "\n\n".join(filter(None, (lay_out("", (first,)), lay_out("", numbered))))
    return Composition("", text, (first, *numbered))
