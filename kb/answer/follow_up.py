"""Make a follow-up self-contained: compose it of the parts of the question it leans on."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ingest.library.decision_table import DecisionTable
from kb.answer.wording import any_of, pattern, questions
from kb.answer.years import plan_years, replace_years

_LONGEST = 12  # words of a question that leans on another because of how it begins or ends
_SHORT = 8  # … because it points back
_FEW = 2  # words of its own that a question may have and still be a follow-up
_POINTING = 3  # … if it points back


@dataclass(frozen=True, slots=True)
class Part:
    """Something a question may be about that a follow-up can exchange: a tool, a person.

    `words` finds it; `stands_for` finds what it replaces where the subject does not name one
    ("jag" for a person); `joined` is how it is added where neither is there, empty if it is not.
    """

    words: re.Pattern[str]
    stands_for: re.Pattern[str] | None = None
    joined: str = ""


@dataclass(frozen=True, slots=True)
class Followed:
    """A follow-up made self-contained, and the question it leans on.

    `leans` says that it stands beside its subject: no part of it could be exchanged.
    """

    text: str
    subject: str
    leans: bool


def follow(
    asked: str, earlier: Iterable[str], parts: Sequence[Part], *, always: bool = False
) -> Followed | None:
    """Return a follow-up with its subject, or None if the question stands alone.

    A question that only asks more of a subject does not become the next one's subject.
    """
    subject = ""
    asked = pattern("courtesy").sub("", asked)
    for question in earlier:
        if not subject or not leans_on_another(question):
            subject = drop_courtesies(question)
        else:
            subject = exchange(subject, question, parts) or _move(subject, question)
    if not subject or not (always or leans_on_another(asked)):
        return None
    exchanged = exchange(subject, asked, parts)
    if exchanged is not None:
        return Followed(exchanged, subject, leans=False)
    moved = _move(subject, asked)
    beside = f"{moved.rstrip(' ?.!')}: {asked}" if own_words(asked) else moved
    return Followed(beside, subject, leans=True)


def leans_on_another(asked: str) -> bool:
    """Say whether a question surely leans on the one before it, by its wording.

    One that begins like a follow-up but points nowhere and has a matter of its own may not.
    """
    if pattern("begins_anew").search(asked):
        return False
    words, own = len(re.findall(r"\w+", asked)), len(own_words(asked))
    points = bool(pattern("points_back").search(pattern("points_nowhere").sub(" ", asked)))
    if words <= _LONGEST and begins_as_follow_up(asked):
        return points or own <= _FEW
    return words <= _SHORT and points and own <= _POINTING


def begins_as_follow_up(asked: str) -> bool:
    """Say whether a question begins or ends as one that leans on another."""
    return bool(pattern("follow_up").search(asked))


def may_lean(asked: str) -> bool:
    """Say whether a question may lean on the one before it, though its wording does not say so."""
    if pattern("begins_anew").search(asked):
        return False
    words = len(re.findall(r"\w+", asked))
    return words <= (_LONGEST if begins_as_follow_up(asked) else _SHORT)


def drop_courtesies(asked: str) -> str:
    """Leave out thanks, and the words that only say that another subject follows."""
    return pattern("begins_anew").sub("", pattern("courtesy").sub("", asked)).strip() or asked


def exchange(subject: str, asked: str, parts: Sequence[Part]) -> str | None:
    """Put what a follow-up names in the place of its like; None if it says anything more."""
    text, rest = _move(subject, asked), re.sub(r"\b20\d\d( års)?\b", " ", asked)
    for part in parts:
        new = part.words.search(rest)
        if new is None:
            continue
        placed = _place(text, new[0], part)
        if placed is None:
            return None
        text, rest = placed, rest[: new.start()] + " " + rest[new.end() :]
    return text if text != subject and not own_words(rest) else None


def read_parts(tables: Sequence[DecisionTable]) -> tuple[Part, ...]:
    """Return what follow-ups may exchange: tools and information of decision tables, persons."""
    persons = questions()["persons"]
    tools = [word for table in tables for tool in table.tools.values() for word in tool.words]
    named = [name for table in tables for one in table.products for name in (one.name, *one.words)]
    information = [
        word for table in tables for kind in table.information.values() for word in kind.words
    ]
    entered = any_of(questions()["entered"])
    return (
        Part(_words([*tools, *named]), joined="i"),
        Part(_words(information), stands_for=entered),
        Part(any_of(persons["words"]), stands_for=any_of(persons["stands_for"])),
    )


def _move(subject: str, asked: str) -> str:
    """Move a subject to the years that a follow-up names, unless it sets them against its own."""
    years = plan_years(asked)
    return replace_years(subject, years) if years and not _compares(asked) else subject


def _place(text: str, new: str, part: Part) -> str | None:
    old = part.words.search(text) or (part.stands_for and part.stands_for.search(text))
    if old:
        return text[: old.start()] + new + text[old.end() :]
    return f"{text.rstrip(' ?.!')} {part.joined} {new}?" if part.joined else None


def _words(words: Iterable[str]) -> re.Pattern[str]:
    """Find any of several expressions, the longest first; nothing where there are none."""
    longest = sorted({re.escape(word) for word in words}, key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(longest)})\b" if longest else r"(?!)", re.IGNORECASE)


def own_words(text: str) -> list[str]:
    """Return the words of a question that are more than the frame of any question."""
    filler = questions()["filler"].split()
    return [word for word in re.findall(r"\w+", text.lower()) if word not in filler]


def _compares(asked: str) -> bool:
    return bool(pattern("compares").search(asked))
