"""The public sentence of every outcome and the role to ask, from files anyone can read."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from ingest.shipped_data import read_yaml
from kb.language.expressions import WHOLE, read_expressions, said
from kb.language.swedish import Analyser
from kb.records import Language, Notice, Outcome


@dataclass(frozen=True, slots=True)
class Contact:
    """A topic, the words that speak for it, and the role to ask, per language.

    `whole` says that its words do not count inside compounds.
    """

    topic: str
    words: tuple[str, ...]
    role: dict[str, str]
    whole: bool = False


def public_sentence(outcome: Outcome, language: Language, **values: str) -> str:
    """Return the sentence a person reads for an outcome, with its blanks filled in."""
    return _sentences()[outcome][language].format(**values).strip()


def notice_text(kind: str, language: Language, **values: str) -> str:
    """Return the text of a notice, with its blanks filled in."""
    return _notices()[kind][language].format(**values)


def make_notice(kind: str, language: Language, **values: str) -> Notice:
    """Return a notice of a kind, with its blanks filled in."""
    return Notice(kind, notice_text(kind, language, **values))


def contact_for(question: str, language: Language, *, analyser: Analyser) -> str:
    """Return the role to ask: the topic whose words the question says most of.

    A word inside a compound counts half. The last topic, without words, is the one to ask when
    nothing fits.
    """
    found = said(analyser.tokens(question))
    topics = _contacts()
    scores = []
    for contact in topics:
        counts = (found.get(word, 0) for word in read_expressions(contact.words, analyser))
        scores.append(sum(count for count in counts if count == WHOLE or not contact.whole))
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
        Contact(
            topic=item["topic"],
            words=tuple(item["words"]),
            role={"sv": item["sv"], "en": item["en"]},
            whole=item.get("whole", False),
        )
        for item in _read("contacts.yaml")
    )


def _read(name: str) -> Any:
    return read_yaml("kb", name)
