"""Understand a question: its language, what kind of answer it wants, the years it names."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache

from kb.answer.follow_up import Part, drop_courtesies, follow, own_words
from kb.answer.wording import any_of, pattern, questions
from kb.answer.years import Today, names_plan, plan_years, state_years
from kb.records import Language, Turn


class Expects(StrEnum):
    """The kind of answer a question asks for."""

    IDENTIFIER = "identifier"
    FREQUENCY = "frequency"
    AMOUNT = "amount"
    COUNT = "count"
    DURATION = "duration"
    DATE = "date"
    WHO = "who"
    LIST = "list"
    PERMISSION = "permission"
    YES_NO = "yes_no"
    DEFINITION = "definition"
    REASON = "reason"
    OTHER = "other"


_A_TOPIC = 2  # words that a topic has of its own
_CLOSED = frozenset({Expects.PERMISSION, Expects.YES_NO})


@dataclass(frozen=True, slots=True)
class Question:
    """A question as the rest of the pipeline sees it.

    `text` is self-contained: a follow-up has its subject filled in, "förra årets" is a year.
    `topic` is what is asked about, without the words that only say which plan is meant. `years`
    are plan years it names, `plans` those it names as a year's plan; `compares` says that it sets
    years or editions against each other. `leans` says that a follow-up stands beside its subject
    instead of in it: no Ja or Nej is then read from the wording of the subject.
    """

    asked: str
    text: str
    topic: str
    language: Language
    expects: Expects
    years: tuple[int, ...] = ()
    plans: tuple[int, ...] = ()
    compares: bool = False
    follows_up: bool = False
    leans: bool = False


def understand(
    asked: str,
    *,
    history: Sequence[Turn] = (),
    language: Language | None = None,
    today: Today | None = None,
    parts: Sequence[Part] = (),
    follows: bool = False,
) -> Question:
    """Read a question in the light of the conversation so far.

    `asked` and `history` are screened text. A follow-up ("och 2025 då?") takes its subject from
    the question it leans on; `parts` are what it may exchange in it, `follows` says that it is one
    whatever its wording.
    """
    today = today or Today(date.today())
    earlier = [state_years(turn.question, today) for turn in history]
    stated = state_years(asked, today, about=" ".join(earlier[-1:]))
    followed = follow(stated, earlier, parts, always=follows)
    text = followed.text if followed else drop_courtesies(stated)
    leans = bool(followed and followed.leans)
    years = plan_years(text)
    compares = len(years) > 1 or bool(pattern("compares").search(text))
    return Question(
        asked=asked,
        text=text,
        topic=topic_of(text) if years or compares else text,
        language=language or _language(asked, followed.subject if followed else ""),
        expects=_expects(text, stated if leans else ""),
        years=years,
        plans=tuple(year for year in years if names_plan(text, year)),
        compares=compares,
        follows_up=followed is not None,
        leans=leans,
    )


def detect_language(text: str) -> Language:
    """Tell English from Swedish by function words; in doubt Swedish."""
    hits = _function_words(text)
    return "en" if hits["en"] > hits["sv"] else "sv"


def expected_answer(text: str) -> Expects:
    """Return the kind of answer a question asks for; the first wording that fits decides."""
    return next((kind for kind, wording in _kinds() if wording.search(text)), Expects.OTHER)


def topic_of(text: str) -> str:
    """Leave out the words that say which plan is meant; all of the text if little remains."""
    topic = re.sub(r"\s{2,}", " ", pattern("frame").sub(" ", text)).strip()
    return topic if len(own_words(topic)) >= _A_TOPIC else text


def _expects(text: str, beside: str) -> Expects:
    """Return the kind of answer; that of the words which stand beside a subject, if they say."""
    own = expected_answer(beside) if beside else Expects.OTHER
    kind = own if own is not Expects.OTHER else expected_answer(text)
    return Expects.OTHER if beside and kind in _CLOSED else kind


def _language(asked: str, subject: str) -> Language:
    """Tell the language of a question; a follow-up without function words has its subject's."""
    return detect_language(asked if any(_function_words(asked).values()) else subject or asked)


def _function_words(text: str) -> Mapping[Language, int]:
    words = re.findall(r"[a-zåäö]+", text.lower())
    return {tongue: sum(word in known for word in words) for tongue, known in _tongues().items()}


@cache
def _kinds() -> tuple[tuple[Expects, re.Pattern[str]], ...]:
    kinds: Mapping[str, Sequence[str]] = questions()["expects"]
    return tuple((Expects(name), any_of(patterns)) for name, patterns in kinds.items())


@cache
def _tongues() -> dict[Language, frozenset[str]]:
    tongues: Mapping[Language, str] = questions()["language"]
    return {tongue: frozenset(words.split()) for tongue, words in tongues.items()}
