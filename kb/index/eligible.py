"""Decide which passages a question may find, before anything is ranked."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from kb.index.snapshot import EVERYONE, Mask, Snapshot
from kb.validity import Standing, of_year


@dataclass(frozen=True, slots=True, eq=False)
class Eligible:
    """What a question may find; masks are bool (passages,).

    `current` is what is in force, `named` what speaks for a year the question names;
    `is_collected` claims that `mask` is exactly what the Chroma collection holds.
    """

    mask: Mask
    current: Mask
    named: Mask
    count: int
    is_collected: bool


def decide_eligible(
    snapshot: Snapshot,
    standing: Mapping[str, Standing],
    *,
    as_of: date,
    audience: frozenset[str],
    years: frozenset[int],
    include_older: bool,
) -> Eligible:
    """Choose the editions in force, those for the named years, and older ones if wanted.

    All must be open to `audience`; what is for everyone always is.
    """
    fronts = snapshot.fronts
    spoken_for = (of_year(fronts.values(), year, as_of=as_of) for year in years)
    named = frozenset[str]().union(*spoken_for)
    current = frozenset(key for key, value in standing.items() if value is Standing.IN_FORCE)
    wanted = current | named
    if include_older:
        wanted |= {key for key, value in standing.items() if value is Standing.OLDER_EDITION}
    open_to = audience | {EVERYONE}
    keys = frozenset(key for key in wanted if fronts[key].audience in open_to)
    mask = snapshot.mask(keys)
    return Eligible(
        mask=mask,
        current=snapshot.mask(current),
        named=snapshot.mask(named),
        count=int(mask.sum()),
        is_collected=keys == snapshot.collected,
    )
