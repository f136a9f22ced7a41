"""Match the headings a reader found with those a document has."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

_NUMBER = re.compile(
    r"^\s*(?:bilaga\s+)?(?:\d+[.:)]?)+\s*(?:(?:kap|§)\.?)?\s*|^\s*§\s*\d+\s*", re.I
)
_ALIKE = 90.0


@dataclass(frozen=True, slots=True)
class Matched:
    """How many headings there are, how many of them were found, and which were not."""

    wanted: int
    found: int
    missed: tuple[str, ...]


def match_headings(wanted: Sequence[str], found: Sequence[str]) -> Matched:
    """Count the wanted headings that were found; each found one answers for one at most.

    Numbers in front and everything but letters and digits are left out of the comparison; nine
    tenths alike is the same.
    """
    left = [_plain(text) for text in found]
    missed: list[str] = []
    for text in wanted:
        plain = _plain(text)
        best = max(left, key=lambda other: fuzz.ratio(plain, other), default="")
        if best and fuzz.ratio(plain, best) >= _ALIKE:
            left.remove(best)
        else:
            missed.append(text)
    return Matched(len(wanted), len(wanted) - len(missed), tuple(missed))


def shown_in(titles: Sequence[str], text: str) -> list[str]:
    """Return the titles whose words stand in a text: bookmarks may name what no page shows."""
    whole = _squeeze(text)
    return [title for title in titles if len(_plain(title)) > 3 and _plain(title) in whole]


def kept_share(text: str, words_read: str) -> float:
    """Return the share of a text's longer words that were read; hyphenation counts as loss."""
    wanted = re.findall(r"[^\W\d_]{5,}", text.casefold())
    whole = _squeeze(words_read)
    return sum(word in whole for word in wanted) / max(1, len(wanted))


def odd_share(text: str, words_read: str) -> float:
    """Return the share of the words read that another reading of the same text does not have.

    They were put together wrongly: a blank lost or one too many, a hyphen undone amiss.
    """
    soft = re.sub(r"[\ufffe\u00ad]\s*", "", text)
    joined = re.sub(r"(?<=\w)[-\u2010]\s*\n\s*", "", soft) + re.sub(r"-\s*\n\s*", "-", soft)
    known = set(re.findall(r"[^\W\d_]{3,}", joined.casefold()))
    words = re.findall(r"[^\W\d_]{3,}", words_read.casefold())
    return sum(word not in known for word in words) / max(1, len(words))


def _plain(text: str) -> str:
    return _squeeze(_NUMBER.sub("", text)) or _squeeze(text)


def _squeeze(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).casefold()
