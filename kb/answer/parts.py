"""Part a question that asks two things at once, so that each can be answered by itself."""

import re
from functools import cache

from ingest.shipped_data import read_yaml

MOST_PARTS = 3
LEAST_WORDS = 2  # words of its own that a part needs to stand alone
_SENTENCE = re.compile(r"(?<=[.?!])\s+(?=\S)")
_PREFIX = re.compile(r"^([^:?]{8,}):\s+(?=\S)")


def parts_of(text: str) -> tuple[str, ...]:
    """Return the questions within a question, each self-contained; itself if it asks one thing.

    What stands before the first question (a sentence, or words before a colon) belongs to every
    part; a later part that points back ("den", "det") keeps the first question before it.
    """
    context, clauses = _clauses(text.strip())
    if not 2 <= len(clauses) <= MOST_PARTS:
        return (text,)
    first, *later = clauses
    parts = [f"{context} {first}".strip()]
    for clause in later:
        leans = _wording()["points_back"].search(clause) or _says_little(clause)
        subject = context or (f"{first.rstrip(' ?,')}:" if leans else "")
        parts.append(f"{subject} {clause}".strip())
    return tuple(parts)


def _says_little(clause: str) -> bool:
    """Say whether a clause has hardly a word of its own: "under vilken paragraf"."""
    words = re.findall(r"\w{4,}", _wording()["asks"].sub(" ", clause))
    return len(words) < LEAST_WORDS


def _clauses(text: str) -> tuple[str, list[str]]:
    """Return what stands before the questions, and the questions."""
    sentences = _SENTENCE.split(text)
    first = next((at for at, sentence in enumerate(sentences) if sentence.endswith("?")), None)
    if first is None:
        first = len(sentences) - 1
    context = sentences[:first]
    asked = " ".join(sentences[first:])
    if prefix := _PREFIX.match(asked):
        context.append(prefix[1] + ":")
        asked = asked[prefix.end() :]
    clauses = [
        clause.strip()
        for sentence in _SENTENCE.split(asked)
        for clause in _wording()["joins"].split(sentence)
        if clause.strip(" ,.?!")
    ]
    return " ".join(context), clauses


@cache
def _wording() -> dict[str, re.Pattern[str]]:
    return {
        name: re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)
        for name, patterns in read_yaml("kb", "parts.yaml").items()
    }
