"""Screening policy for questions: personal data is turned back, steering is left out."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from ingest.screening import contact_data, personal_data
from ingest.screening.as_seen import INVISIBLE, LOOSE, as_seen
from ingest.screening.contact_data import PublicContacts, find_contacts
from ingest.screening.personal_data import Finding, find_personal_numbers, find_protected_identity
from ingest.shipped_data import read_yaml

MAX_LENGTH = 4_000  # characters of a question; what is longer is not a question
_CLAUSE = re.compile(
    r"(?<=[.!?])\s+|\n+|,\s{1,9}(?:then|and then|sedan|och sedan|och sen|därefter)\s+"
    r"|\s{1,9}(?:and then|och sedan|och sen)\s+",  # bounded: a page of spaces is looked at once
    re.IGNORECASE,
)
_ADDRESS = re.compile(
    r"[A-ZÅÄÖ]\w{1,40}(?:gatan|gata|vägen|väg|gränd|allén|stigen|torget|platsen)\s\d+"
    r"|(?<!\d)\d{3}\s?\d{2}\s[A-ZÅÄÖ]\w+"
)


@dataclass(frozen=True, slots=True)
class Screened:
    """A question after screening.

    `text` is what may be answered, cleaned and without steering clauses; `steered` says that
    something was left out; `findings` are pieces of personal data: if there are any, nothing of
    the question may be stored or passed on.
    """

    text: str
    steered: bool
    findings: tuple[Finding, ...]


def screen(question: str, *, today: date) -> Screened:
    """Clean a question and take out what tries to steer the system.

    Personal data is looked for in all of it, also beyond what may be answered.
    """
    whole = as_seen(question)
    findings = (
        *find_personal_numbers(whole, today=today),
        *_protected_persons(whole),
        *_told_of_persons(whole),
    )
    clean, cut = _without_pieces(whole[:MAX_LENGTH].strip())
    clauses = [clause for clause in _CLAUSE.split(clean) if clause and clause.strip()]
    kept = [clause for clause in clauses if not _steers(clause)]
    if len(kept) == len(clauses):
        return Screened(clean, cut, findings)
    return Screened(" ".join(kept).strip(), True, findings)


def shared_patterns() -> Mapping[str, re.Pattern[str] | Sequence[re.Pattern[str]]]:
    """Return the patterns of personal data in a question, for the page that looks for the same."""
    return {
        **personal_data.SHARED,
        **contact_data.SHARED,
        "invisible": INVISIBLE,
        "loose": LOOSE,
        "address": _ADDRESS,
        "conditions": _patterns("conditions", "conditions.yaml"),
    }


def _protected_persons(text: str) -> tuple[Finding, ...]:
    """Find a protected identity named beside what leads to its bearer: phone, e-mail, address.

    The subject alone may be asked about.
    """
    cues = find_protected_identity(text)
    if cues and (_ADDRESS.search(text) or find_contacts(text, public=PublicContacts())):
        return cues
    return ()


def _told_of_persons(text: str) -> tuple[Finding, ...]:
    """Find contact details beside what tells of their bearer's health or social situation."""
    if not any(pattern.search(text) for pattern in _patterns("conditions", "conditions.yaml")):
        return ()
    return find_contacts(text, public=PublicContacts())


def _without_pieces(text: str) -> tuple[str, bool]:
    """Cut out made-up sources, templates and images; say whether there were any."""
    left = text
    for pattern in _patterns("pieces"):
        left = pattern.sub(" ", left)
    return (re.sub(r"[ \t]{2,}", " ", left).strip(), True) if left != text else (text, False)


def _steers(clause: str) -> bool:
    return any(pattern.search(clause) for pattern in _patterns("clauses"))


@cache
def _patterns(kind: str, file: str = "instructions.yaml") -> tuple[re.Pattern[str], ...]:
    return tuple(
        re.compile(text, re.IGNORECASE | re.DOTALL) for text in read_yaml("kb", file)[kind]
    )
