"""Say Ja, Nej or Bara om first, where the guidance itself settles the question."""

import re
from dataclasses import dataclass
from functools import cache

from ingest.document import Norm, Passage
from ingest.library.decision_table import Verdict
from ingest.shipped_data import read_yaml
from kb.answer.scoring import Known
from kb.answer.understand import Expects, Question
from kb.records import Language

_LEAD = re.compile(r"^(Ja|Nej)\b[,.]?\s+")
# Shares of words, both ways, that a question must have in common with a known one (a question
# written for the section, or its heading): for a rule's norm to settle it, and for the section's
# own Ja or Nej to stand.
SAME_MATTER, SAME_QUESTION = 0.55, 0.8
# What a norm answers to each kind of question, by the names of `data/polarity.yaml`.
_MEANS: dict[str, dict[Norm, str]] = {
    "asks_forbidden": {Norm.MUST_NOT: "ja", Norm.MAY: "nej"},
    "asks_duty": {Norm.MUST: "ja"},
    "asks_leave": {Norm.MUST_NOT: "nej", Norm.MAY: "ja", Norm.MAY_IF: "bara om"},
}
_TURNED = {Verdict.NO: Verdict.YES, Verdict.YES: Verdict.NO}
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


def direct_answer(question: Question, passage: Passage, first: str, *, known: Known) -> Direct:
    """Return the direct answer to a question from the passage that settles it.

    `first` is the first quoted sentence, `known` the question likest to what is asked among those
    that the passage was written for. Its own Ja or Nej stands for just that question. Its norm
    settles a question of the same kind (leave, duty, what is forbidden) on the same matter; leave
    is given for just that question only.
    """
    lead = _LEAD.match(first)
    closed = question.expects in (Expects.PERMISSION, Expects.YES_NO)
    closed = closed and not _wording()["asks_openly"].search(question.text)
    if lead:
        same = known.likeness >= SAME_QUESTION and _turns(question.text) == _turns(known.text)
        if same and closed:
            cut = 0 if question.language == "sv" else lead.end()
            return Direct(_WORDS[lead[1].lower()][question.language], cut)
        return Direct("", lead.end())
    if not closed or passage.norm is None or _kind(question.text) != _kind(known.text):
        return Direct("")
    gives_leave = passage.norm in (Norm.MAY, Norm.MAY_IF)
    if known.likeness < (SAME_QUESTION if gives_leave else SAME_MATTER):
        return Direct("")
    verdict = _verdict(question.text, passage.norm)
    return Direct(_WORDS[verdict][question.language] if verdict else "")


def starts_with_verdict(text: str) -> bool:
    """Say whether a text begins with a Ja or Nej of its own."""
    return bool(_LEAD.match(text))


def tells_of_mishap(question: Question) -> bool:
    """Say whether a question tells that something has gone into a tool already."""
    return bool(_wording()["happened"].search(question.text))


def asks_what_now(question: Question) -> bool:
    """Say whether a question asks what to do about what has happened."""
    return bool(_wording()["what_now"].search(question.text))


def asks_leave(question: Question) -> bool:
    """Say whether a question asks for leave to do something, or whether it is forbidden.

    What has been done already, or why a rule is there, is no such question.
    """
    wording = _wording()
    if tells_of_mishap(question) or wording["asks_reason"].search(question.text):
        return False
    asked = (wording["asks_leave"], wording["asks_forbidden"])
    return any(pattern.search(question.text) for pattern in asked)


def say_verdict(question: Question, verdict: Verdict | None) -> str:
    """Return a table's verdict in the language of the question, turned the way it is put.

    Empty where the question is negated or limited ("utan", "bara"): there Ja could mislead.
    """
    wording = _wording()
    if wording["negation"].search(question.text) or wording["limits"].search(question.text):
        return ""
    said = verdict
    if wording["asks_forbidden"].search(question.text):
        said = _TURNED.get(verdict) if verdict else None
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
    return _MEANS.get(_kind(text) or "", {}).get(norm)


def _kind(text: str) -> str | None:
    """Return what a question asks: whether something is forbidden, is a duty, or is allowed."""
    wording = _wording()
    return next((kind for kind in _MEANS if wording[kind].search(text)), None)


def _turns(text: str) -> frozenset[str]:
    wording = _wording()
    return frozenset(
        name for name in ("negation", "asks_forbidden", "limits") if wording[name].search(text)
    )


@cache
def _wording() -> dict[str, re.Pattern[str]]:
    return {
        name: re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)
        for name, patterns in read_yaml("kb", "polarity.yaml").items()
    }
