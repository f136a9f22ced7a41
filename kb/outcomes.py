"""The public sentence of every outcome and the role to ask, from files anyone can read."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from kb.records import Language, Notice, Outcome


@dataclass(frozen=True, slots=True)
class Contact:
    """A topic, the words that speak for it, and the role to ask, per language."""

    topic: str
    words: tuple[str, ...]
    role: dict[str, str]


def public_sentence(outcome: Outcome, language: Language, **values: str) -> str:
    """Return the sentence a person reads for an outcome, with its blanks filled in."""
    return _sentences()[outcome][language].format(**values).strip()


def notice_text(kind: str, language: Language, **values: str) -> str:
    """Return the text of a notice, with its blanks filled in."""
    return _notices()[kind][language].format(**values)


def make_notice(kind: str, language: Language, **values: str) -> Notice:
    """Return a notice of a kind, with its blanks filled in."""
    return Notice(kind, notice_text(kind, language, **values))


def contact_for(
    question_terms: Sequence[str], language: Language, *, terms: Callable[[str], Sequence[str]]
) -> str:
    """Return the role to ask: the topic that shares most terms with the question.

    `terms` analyses a topic's words the way the question was analysed. The last topic, without
    words, is the one to ask when nothing fits.
    """
    asked = set(question_terms)
    topics = _contacts()
    scores = [len(asked & set(terms(" ".join(contact.words)))) for contact in topics]
    best = max(range(len(topics)), key=lambda place: (scores[place], -place))
    return (topics[best] if scores[best] else topics[-1]).role[language]


@cache
def _sentences() -> dict[Outcome, dict[str, str]]:
    return {Outcome(name): texts for name, texts in _read("outcomes.yaml").items()}


@cache
def _notices() -> dict[str, dict[str, str]]:
    notices: dict[str, dict[str, str]] = _read("notices.yaml")
    return notices


@cache
def _contacts() -> tuple[Contact, ...]:
    return tuple(
        Contact(item["topic"], tuple(item["words"]), {"sv": item["sv"], "en": item["en"]})
        for item in _read("contacts.yaml")
    )


def _read(name: str) -> Any:
    return yaml.safe_load(files("kb").joinpath("data", name).read_text(encoding="utf-8"))
