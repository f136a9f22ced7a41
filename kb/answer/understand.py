"""Understand a question: its language, what kind of answer it wants, the years it names."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files

import yaml

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


@dataclass(frozen=True, slots=True)
class Question:
    """A question as the rest of the pipeline sees it.

    `text` is self-contained: a follow-up has its subject filled in. `topic` is what is asked
    about, without the words that only say which plan is meant. `years` are plan years it names,
    `plans` those it names as a year's plan; `compares` says that it sets years or
    editions against each other.
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


_YEAR = re.compile(r"\b(20[0-4]\d)\b")
_RANGE = re.compile(r"\b20\d\d\s*[–-]\s*(?:20)?\d\d\b")
_DATE = re.compile(
    r"\b20\d\d-\d\d-\d\d\b"
    r"|\b(?:\d{1,2}\s+)?(?:jan|feb|mar|apr|maj|may|jun|jul|aug|sep|okt|oct|nov|dec|vår|höst"
    r"|somma|vint)[a-zåäö]*\.?\s+20\d\d\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Wording:
    """How questions are worded, from `data/questions.yaml`."""

    expects: tuple[tuple[Expects, re.Pattern[str]], ...]
    compares: re.Pattern[str]
    frame: re.Pattern[str]
    follow_up: re.Pattern[str]
    points_back: re.Pattern[str]
    function_words: dict[str, frozenset[str]]


def understand(
    asked: str, *, history: Sequence[Turn] = (), language: Language | None = None
) -> Question:
    """Read a question in the light of the conversation so far.

    `asked` is screened text. A follow-up ("och 2025 då?") takes its subject from the last turn.
    """
    wording = _wording()
    follows = bool(history) and _is_follow_up(asked)
    text = resolve(asked, history[-1].question) if follows else asked
    years = plan_years(asked) or plan_years(text)
    compares = len(years) > 1 or (not years and bool(wording.compares.search(asked)))
    return Question(
        asked=asked,
        text=text,
        topic=topic_of(text) if years or compares else text,
        language=language or detect_language(asked),
        expects=expected_answer(text),
        years=years,
        plans=tuple(year for year in years if _names_plan(text, year)),
        compares=compares,
        follows_up=follows,
    )


def detect_language(text: str) -> Language:
    """Tell English from Swedish by function words; in doubt Swedish."""
    words = re.findall(r"[a-zåäö]+", text.lower())
    hits = {
        tongue: sum(word in known for word in words)
        for tongue, known in _wording().function_words.items()
    }
    return "en" if hits["en"] > hits["sv"] else "sv"


def expected_answer(text: str) -> Expects:
    """Return the kind of answer a question asks for; the first wording that fits decides."""
    wordings = _wording().expects
    return next((kind for kind, wording in wordings if wording.search(text)), Expects.OTHER)


def plan_years(text: str) -> tuple[int, ...]:
    """Return the years a question names as such: not in dates, not in ranges."""
    plain = _RANGE.sub(" ", _DATE.sub(" ", text))
    return tuple(sorted({int(year) for year in _YEAR.findall(plain)}))


def _names_plan(text: str, year: int) -> bool:
    """Say whether a year is named as that of a plan: `2024 års plan`, `planen för 2027`."""
    plan = r"\w*plan(en|erna|s|ens)?"
    return bool(
        re.search(
            rf"\b{year} års (\w+ )?{plan}\b|\b{plan} (för |år |of |for )?{year}\b", text, re.I
        )
        or re.search(rf"\b{year} (development |digital )*plan\b", text, re.I)
    )


def topic_of(text: str) -> str:
    """Leave out the words that say which plan is meant; all of the text if little remains."""
    topic = re.sub(r"\s{2,}", " ", _wording().frame.sub(" ", text)).strip()
    return topic if len(re.findall(r"\w{3,}", topic)) >= 3 else text


def resolve(asked: str, previous: str) -> str:
    """Make a follow-up self-contained: its own words over the previous question's subject.

    A year in the follow-up replaces the years of the previous question.
    """
    subject = previous
    if plan_years(asked):
        subject = re.sub(r"\s{2,}", " ", _YEAR.sub("", subject))
    return f"{subject.rstrip(' ?.!')}: {asked}"


def _is_follow_up(asked: str) -> bool:
    words = len(re.findall(r"\w+", asked))
    wording = _wording()
    if words <= 12 and wording.follow_up.search(asked):
        return True
    return words <= 6 and bool(wording.points_back.search(asked))


@cache
def _wording() -> _Wording:
    source = files("kb").joinpath("data/questions.yaml").read_text(encoding="utf-8")
    data = yaml.safe_load(source)
    return _Wording(
        tuple((Expects(name), _any_of(patterns)) for name, patterns in data["expects"].items()),
        _any_of(data["compares"]),
        _any_of(data["frame"]),
        _any_of(data["follow_up"]),
        _any_of(data["points_back"]),
        {tongue: frozenset(words.split()) for tongue, words in data["language"].items()},
    )


def _any_of(patterns: Sequence[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)
