"""Carry a curator's corrections over to a new edition, where its original did not change."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from ingest.library.units import Unit, body_of, units_of

_SHOWN = 80
_LONG = 5_000  # units


@dataclass(frozen=True, slots=True)
class Carried:
    """A body with corrections: how many followed, and the words of those that could not."""

    body: str
    kept: int = 0
    lost: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Edit:
    """What a curator did: units `start` to `end` of the reading became `units`."""

    start: int
    end: int
    units: tuple[Unit, ...]


def carry_corrections(read: str, curated: str, coming: str) -> Carried:
    """Return the new reading with the curator's corrections of the old one.

    `read` is what the old original was read as, `curated` what the curator made of it, `coming`
    what the new original reads. A paragraph, list, table or heading that did not change between
    the originals keeps the curator's words; where it did, the new original's words stand. Pages
    are those of the new original.
    """
    old, theirs = units_of(read), units_of(coming)
    edits = _edits(old, units_of(curated))
    if not edits:
        return Carried(coming)
    places = _unchanged(old, theirs)
    texts = {unit.text for unit in theirs}
    spliced: dict[tuple[int, int], tuple[Unit, ...]] = {}
    lost: list[str] = []
    for edit in edits:
        place = _place(edit, places)
        if place is not None:
            spliced[place] = _with_pages(edit.units, theirs[place[0] : place[1]])
        elif not all(unit.text in texts for unit in edit.units) or not edit.units:
            lost += _words(edit, old)
    return Carried(body_of(_splice(theirs, spliced)), len(spliced), tuple(lost))


def _edits(old: Sequence[Unit], new: Sequence[Unit]) -> list[_Edit]:
    """Return what a curator did; neighbours that were each reworded are edits of their own."""
    edits = []
    for tag, i1, i2, j1, j2 in _opcodes(old, new):
        if tag == "replace" and i2 - i1 == j2 - j1:
            edits += [_Edit(i1 + n, i1 + n + 1, (new[j1 + n],)) for n in range(i2 - i1)]
        elif tag != "equal":
            edits.append(_Edit(i1, i2, tuple(new[j1:j2])))
    return edits


def _unchanged(old: Sequence[Unit], new: Sequence[Unit]) -> dict[int, int]:
    """Return where each unit that stands in both stands in the new."""
    return {
        i1 + step: j1 + step
        for tag, i1, i2, j1, _ in _opcodes(old, new)
        if tag == "equal"
        for step in range(i2 - i1)
    }


def _opcodes(old: Sequence[Unit], new: Sequence[Unit]) -> list[tuple[str, int, int, int, int]]:
    first, second = ([unit.text for unit in units] for units in (old, new))
    long = len(first) > _LONG  # then lines that repeat are no starting points: it would be slow
    return list(SequenceMatcher(None, first, second, autojunk=long).get_opcodes())


def _place(edit: _Edit, places: Mapping[int, int]) -> tuple[int, int] | None:
    """Return which units of the new reading an edit replaces; None where they changed."""
    if edit.start == edit.end:
        if edit.start == 0:
            return 0, 0
        if edit.start - 1 in places:
            after = places[edit.start - 1] + 1
            return after, after
        return (places[edit.start],) * 2 if edit.start in places else None
    new = [places.get(number) for number in range(edit.start, edit.end)]
    first = new[0]
    if first is None or new != list(range(first, first + len(new))):
        return None
    return first, first + len(new)


def _with_pages(units: Sequence[Unit], replaced: Sequence[Unit]) -> tuple[Unit, ...]:
    """Give units the pages of those they stand in for; an addition is where the last one is."""
    if len(units) == len(replaced):
        return tuple(
            replace(unit, pages=other.pages) for unit, other in zip(units, replaced, strict=True)
        )
    known = [unit.pages for unit in replaced if unit.pages]
    pages = replace(known[0], last=known[-1].last) if known else None
    return tuple(replace(unit, pages=pages) for unit in units)


def _splice(
    theirs: Sequence[Unit], spliced: Mapping[tuple[int, int], tuple[Unit, ...]]
) -> list[Unit]:
    out: list[Unit] = []
    at = 0
    for (start, end), units in sorted(spliced.items()):
        out += [*theirs[at:start], *units]
        at = end
    return [*out, *theirs[at:]]


def _words(edit: _Edit, old: Sequence[Unit]) -> list[str]:
    """Return the beginnings of what a curator wrote, or struck out."""
    if edit.units:
        return [_shortened(unit) for unit in edit.units]
    return [f"(struket) {_shortened(unit)}" for unit in old[edit.start : edit.end]]


def _shortened(unit: Unit) -> str:
    text = " ".join(unit.text.split())
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"
