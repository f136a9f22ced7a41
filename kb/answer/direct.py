"""Say Ja, Nej or Bara om first, where the guidance itself settles the question."""

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml

from ingest.decision_table import Verdict
from ingest.document import Norm, Passage
from kb.answer.understand import Expects, Question
from kb.records import Language

_LEAD = re.compile(r"^(Ja|Nej)\b[,.]?\s+")
_WORDS: dict[str, dict[Language, str]] = {
    "ja": {"sv": "Ja.", "en": "Yes."},
    "nej": {"sv": "Nej.", "en": "No."},
    "bara om": {
        "sv": "Bara om villkoren nedan är uppfyllda.",
        "en": "Only if the conditions below are met.",
    },
}


@dataclass(frozen=True, slots=True)
class Direct:
    """A direct answer: `short` may be empty; `cut` characters of the first sentence fall away.

    A sentence that starts with Ja or Nej loses that word when it answers another question than
    the one asked; the rest is still a verbatim quote.
    """

    short: str
    cut: int = 0


def direct_answer(
    question: Question, passage: Passage, first: str, *, sure: bool, same: bool
) -> Direct:
    """Return the direct answer to a question from the passage that settles it.

    `first` is the first quoted sentence. `sure` says that the passage covers what is asked
    about; without it no direct answer is given, only quotes. `same` says that the section was
    written for just this question: only then does its own Ja or Nej stand.
    """
    lead = _LEAD.match(first)
    closed = question.expects in (Expects.PERMISSION, Expects.YES_NO)
    closed = closed and not _wording()["asks_openly"].search(question.text)
    if lead:
        if same and closed and _same_polarity(question.text, passage):
            cut = 0 if question.language == "sv" else lead.end()
            return Direct(_WORDS[lead[1].lower()][question.language], cut)
        return Direct("", lead.end())
    if sure and closed and passage.norm:
        verdict = _verdict(question.text, passage.norm)
        return Direct(_WORDS[verdict][question.language] if verdict else "")
    return Direct("")


def starts_with_verdict(text: str) -> bool:
    """Say whether a text begins with a Ja or Nej of its own."""
    return bool(_LEAD.match(text))


def asks_leave(question: Question) -> bool:
    """Say whether a question asks for leave to do something, or whether it is forbidden.

    What has been done already, or why a rule is there, is no such question.
    """
    wording = _wording()
    if wording["happened"].search(question.text) or wording["asks_reason"].search(question.text):
        return False
    asked = (wording["asks_leave"], wording["asks_forbidden"])
    return any(pattern.search(question.text) for pattern in asked)


def say_verdict(question: Question, verdict: Verdict) -> str:
    """Return a table's verdict in the language of the question, turned the way it is put.

    Empty where the question is negated or limited ("utan", "bara"): there Ja could mislead.
    """
    wording = _wording()
    if wording["negation"].search(question.text) or wording["limits"].search(question.text):
        return ""
    said: Verdict | None = verdict
    if wording["asks_forbidden"].search(question.text):
        said = {Verdict.NO: Verdict.YES, Verdict.YES: Verdict.NO}.get(verdict)
    elif wording["asks_duty"].search(question.text) and not wording["asks_leave"].search(
        question.text
    ):
        said = None
    return _WORDS[said.value][question.language] if said else ""


def _verdict(text: str, norm: Norm) -> str | None:
    """Return what a rule's norm means for the way the question is put."""
    wording = _wording()
    if wording["negation"].search(text) or wording["limits"].search(text):
        return None
    if wording["asks_forbidden"].search(text):
        return {Norm.MUST_NOT: "ja", Norm.MAY: "nej"}.get(norm)
    if wording["asks_duty"].search(text):
        return {Norm.MUST: "ja"}.get(norm)
    if wording["asks_leave"].search(text):
        return {Norm.MUST_NOT: "nej", Norm.MAY: "ja", Norm.MAY_IF: "bara om"}.get(norm)
    return None


def _same_polarity(asked: str, passage: Passage) -> bool:
    """Say whether the question turns the same way as one the section was written to answer."""
    known = [*passage.questions, passage.headings[-1] if passage.headings else ""]
    words = set(re.findall(r"\w+", asked.lower()))
    nearest = max(known, key=lambda text: _overlap(words, set(re.findall(r"\w+", text.lower()))))
    return _turns(asked) == _turns(nearest)


def _overlap(one: set[str], other: set[str]) -> float:
    return len(one & other) / (len(one | other) or 1)


def _turns(text: str) -> frozenset[str]:
    wording = _wording()
    return frozenset(
        name for name in ("negation", "asks_forbidden", "limits") if wording[name].search(text)
    )


@cache
def _wording() -> dict[str, re.Pattern[str]]:
    source = files("kb").joinpath("data/polarity.yaml").read_text(encoding="utf-8")
    return {
        name: re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)
        for name, patterns in yaml.safe_load(source).items()
    }
