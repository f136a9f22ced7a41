"""Compare two editions of a Document by passage: new, changed, dropped, unchanged."""

import re
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, fields
from difflib import SequenceMatcher
from enum import StrEnum

from rapidfuzz.fuzz import ratio
from rapidfuzz.process import extractOne

from ingest.document import Document, Passage
from ingest.library.passages import split

_ALIKE = 60.0  # of 100: how alike two texts are that count as one passage, changed
_MOST_COMPARED = 250_000  # pairs of texts: a whole rewrite of a long document is not looked into
_OWN_KEYS = frozenset({"edition", "original", "original_digest", "questions"})


class ChangeKind(StrEnum):
    """What became of a passage, by its Swedish name."""

    NEW = "nytt"
    CHANGED = "ändrat"
    DROPPED = "borttaget"


@dataclass(frozen=True, slots=True)
class Change:
    """A passage that is not the same in both editions; `before` is what a changed one was."""

    kind: ChangeKind
    passage: Passage
    before: Passage | None = None


@dataclass(frozen=True, slots=True)
class Changes:
    """All that parts two editions: passages in reading order, and keys of the front matter."""

    passages: tuple[Change, ...]
    unchanged: int
    keys: tuple[tuple[str, str, str], ...] = ()

    def count(self, kind: ChangeKind) -> int:
        """Count the passages of one kind of change."""
        return sum(change.kind is kind for change in self.passages)


def compare(before: Document, after: Document) -> Changes:
    """Return what changed; a passage that only moved, or changed page, is unchanged."""
    old, new = split(before), split(after)
    pairs = _pair(old, new)
    changes: list[Change] = []
    gone = {number: passage for number, passage in enumerate(old) if number not in pairs.values()}
    unchanged = 0
    for number, passage in enumerate(new):
        match = pairs.get(number)
        if match is None:
            changes.append(Change(ChangeKind.NEW, passage))
            continue
        for earlier in sorted(key for key in gone if key < match):
            changes.append(Change(ChangeKind.DROPPED, gone.pop(earlier)))
        if _text(old[match]) == _text(passage):
            unchanged += 1
        else:
            changes.append(Change(ChangeKind.CHANGED, passage, old[match]))
    changes += [Change(ChangeKind.DROPPED, passage) for passage in gone.values()]
    return Changes(tuple(changes), unchanged, _keys(before, after))


def _pair(old: Sequence[Passage], new: Sequence[Passage]) -> dict[int, int]:
    """Return which old passage each new one is: the same text, the same anchor, or alike."""
    free = dict(enumerate(old))
    pairs: dict[int, int] = {}
    for key in (_whole, _text, _anchor):
        _match(key, free, [(n, p) for n, p in enumerate(new) if n not in pairs], pairs)
    left = [(number, passage) for number, passage in enumerate(new) if number not in pairs]
    if len(left) * len(free) > _MOST_COMPARED:
        return pairs
    texts = {number: passage.text for number, passage in free.items()}
    for number, passage in left:
        alike = extractOne(passage.text, texts, scorer=ratio, score_cutoff=_ALIKE)
        if alike:
            pairs[number] = alike[2]
            del texts[alike[2]]
    return pairs


def _match(
    key: Callable[[Passage], Hashable],
    free: dict[int, Passage],
    left: Iterable[tuple[int, Passage]],
    pairs: dict[int, int],
) -> None:
    waiting = defaultdict(list)
    for number, passage in free.items():
        waiting[key(passage)].append(number)
    for number, passage in left:
        if same := waiting[key(passage)]:
            pairs[number] = same.pop(0)
            del free[pairs[number]]


def _whole(passage: Passage) -> Hashable:
    return passage.headings, _text(passage)


def _text(passage: Passage) -> str:
    return " ".join(passage.text.split())


def _anchor(passage: Passage) -> Hashable:
    return passage.anchor


def _keys(before: Document, after: Document) -> tuple[tuple[str, str, str], ...]:
    changed = []
    for field in fields(before.front):
        old, new = getattr(before.front, field.name), getattr(after.front, field.name)
        if old != new and field.name not in _OWN_KEYS:
            changed.append((field.name, _plain(old), _plain(new)))
    return tuple(changed)


def _plain(value: object) -> str:
    if value is None:
        return ""
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)


Piece = tuple[str, str, str]
"""Words that stay, words that were struck, words that were added."""


def word_pieces(before: str, after: str) -> list[Piece]:
    """Return two texts as one row of pieces; each word keeps the blanks after it."""
    old, new = (re.findall(r"\w+\s*|[^\w\s]+\s*|\s+", text) for text in (before, after))
    pieces: list[Piece] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        was, now = "".join(old[i1:i2]), "".join(new[j1:j2])
        pieces.append((was, "", "") if tag == "equal" else ("", was, now))
    return pieces
