"""Decide where a Document stands on a day: in force, older, coming, or not answered from."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from enum import StrEnum

from ingest.document import FrontMatter, Kind, Status

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_NOT_WORD = re.compile(r"[\W_]+")
_DIGITS = re.compile(r"(\d+)")
_YEARLY = frozenset({Kind.PLAN, Kind.MEMO})


class Standing(StrEnum):
    """Where an edition stands on a given day."""

    IN_FORCE = "in_force"
    OLDER_EDITION = "older_edition"
    COMING = "coming"
    NOT_PUBLISHED = "not_published"
    WITHDRAWN = "withdrawn"


def key_of(front: FrontMatter) -> str:
    """Identify an edition: `id@edition`, as `Document.key`."""
    return f"{front.id}@{front.edition}"


def standing(front: FrontMatter, others: Iterable[FrontMatter], as_of: date) -> Standing:
    """Say where one edition stands among all editions of the library on a day."""
    key = key_of(front)
    rest = [other for other in others if key_of(other) != key]
    return standings([front, *rest], as_of=as_of)[key]


def standings(fronts: Iterable[FrontMatter], *, as_of: date) -> dict[str, Standing]:
    """Say where every edition of a library stands on a day, by `id@edition`.

    `valid_to` is the last day in force. A successor outdates what it supersedes from its own
    `valid_from`, at once if it has none (next year's plan of a series: when that year comes).
    Among editions of one id that are in force the newest wins, by `valid_from`, then edition.
    Plans and memos with a year whose titles differ only in years are a series: the greatest year
    not after the day's is in force; if all lie ahead, none is.
    """
    found: dict[str, Standing] = {}
    published = []
    for front in fronts:
        match front.status:
            case Status.PUBLISHED:
                published.append(front)
            case Status.WITHDRAWN:
                found[key_of(front)] = Standing.WITHDRAWN
            case Status.DRAFT | Status.IN_REVIEW:
                found[key_of(front)] = Standing.NOT_PUBLISHED
    started = [front for front in published if not (front.valid_from and front.valid_from > as_of)]
    outdated = _superseded(started, as_of)
    candidates = []
    for front in published:
        key = key_of(front)
        if front.valid_from and front.valid_from > as_of:
            found[key] = Standing.COMING
        elif key in outdated or (front.valid_to and front.valid_to < as_of):
            found[key] = Standing.OLDER_EDITION
        else:
            candidates.append(front)
    found |= _by_series(candidates, as_of)
    left = [front for front in candidates if found[key_of(front)] is Standing.IN_FORCE]
    return found | _by_edition(left)


def of_year(fronts: Iterable[FrontMatter], year: int, *, as_of: date) -> frozenset[str]:
    """Return the keys of the published editions that speak for a named year.

    Of several editions of one id for that year only the newest that has begun by the day
    counts, or the newest of all if none has; what it or another Document of the same year
    supersedes does not.
    """
    named = [f for f in fronts if f.status is Status.PUBLISHED and f.year == year]
    started = [f for f in named if not (f.valid_from and f.valid_from > as_of)]
    begun = {front.id for front in started}
    usable = started + [front for front in named if front.id not in begun]
    outdated = _superseded(usable, date.max)
    left = [front for front in usable if key_of(front) not in outdated]
    chosen = _by_edition(left)
    return frozenset(key for key, value in chosen.items() if value is Standing.IN_FORCE)


def newest_first(fronts: Iterable[FrontMatter]) -> list[FrontMatter]:
    """Order editions of one id: latest `valid_from` first, then highest edition."""
    return sorted(fronts, key=_age, reverse=True)


def _superseded(published: Sequence[FrontMatter], as_of: date) -> frozenset[str]:
    """Return the keys outdated by another Document; within one id only what is older is."""
    by_id = defaultdict(list)
    for front in published:
        by_id[front.id].append(front)
    outdated = set()
    for successor in published:
        if not successor.supersedes:
            continue
        identifier, _, edition = successor.supersedes.partition("@")
        for front in by_id.get(identifier, ()):
            if front is successor or (edition and front.edition != edition):
                continue
            if not edition and front.id == successor.id and _age(front) >= _age(successor):
                continue
            if not _is_next_years(successor, front, as_of):
                outdated.add(key_of(front))
    return frozenset(outdated)


def _is_next_years(successor: FrontMatter, front: FrontMatter, as_of: date) -> bool:
    """Say whether the successor is the same series' plan for a year that has not come."""
    if successor.valid_from or successor.year is None or successor.year <= as_of.year:
        return False
    return _series(successor) is not None and _series(successor) == _series(front)


def _by_series(candidates: Sequence[FrontMatter], as_of: date) -> dict[str, Standing]:
    found = {key_of(front): Standing.IN_FORCE for front in candidates}
    series = defaultdict(list)
    for front in candidates:
        name = _series(front)
        if name is not None and front.year is not None:
            series[name].append((front.year, front))
    for members in series.values():
        current = max((year for year, _ in members if year <= as_of.year), default=as_of.year)
        for year, front in members:
            if year < current:
                found[key_of(front)] = Standing.OLDER_EDITION
            elif year > current:
                found[key_of(front)] = Standing.COMING
    return found


def _by_edition(candidates: Iterable[FrontMatter]) -> dict[str, Standing]:
    editions = defaultdict(list)
    for front in candidates:
        editions[front.id].append(front)
    found = {}
    for members in editions.values():
        newest, *older = newest_first(members)
        found[key_of(newest)] = Standing.IN_FORCE
        found |= {key_of(front): Standing.OLDER_EDITION for front in older}
    return found


def _age(front: FrontMatter) -> tuple[date, tuple[tuple[int, int, str], ...]]:
    """Order editions; numbers inside an edition compare as numbers: 2026-10 follows 2026-9."""
    parts = tuple(
        (1, int(part), "") if part.isdecimal() else (0, 0, part)
        for part in _DIGITS.split(front.edition)
        if part
    )
    return front.valid_from or date.min, parts


def _series(front: FrontMatter) -> tuple[Kind, str] | None:
    """Name the series of a yearly plan or memo: its kind and its title without years."""
    if front.kind not in _YEARLY or front.year is None:
        return None
    return front.kind, _NOT_WORD.sub(" ", _YEAR.sub(" ", front.title)).strip().casefold()
