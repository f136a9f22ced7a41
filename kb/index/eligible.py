"""Decide which passages a question may find, before anything is ranked."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from ingest.document import FrontMatter
from kb.index.snapshot import EVERYONE, Mask, Snapshot
from kb.validity import Standing, of_year, standings


@dataclass(frozen=True, slots=True, eq=False)
class Eligible:
    """What a question may find; masks are bool (passages,).

    `current` is what is in force, `named` what speaks for a year the question names; `counts` says
    how many passages of each audience `mask` has; `is_collected` claims that `mask` is exactly
    what the Chroma collection holds.
    """

    mask: Mask
    current: Mask
    named: Mask
    counts: Mapping[str, int]
    is_collected: bool


def decide_eligible(
    snapshot: Snapshot,
    fronts: Mapping[str, FrontMatter],
    standing: Mapping[str, Standing],
    *,
    as_of: date,
    years: frozenset[int],
    include_older: bool,
) -> Eligible:
    """Choose the editions in force, those for the named years, and older ones if wanted.

    `fronts` are the editions, by `id@edition`, that are open to whoever asks, `standing` where
    they stand among each other; of others nothing is known here.
    """
    spoken_for = (of_year(fronts.values(), year, as_of=as_of) for year in years)
    named = frozenset[str]().union(*spoken_for)
    current = frozenset(key for key, value in standing.items() if value is Standing.IN_FORCE)
    wanted = current | named
    if include_older:
        wanted |= {key for key, value in standing.items() if value is Standing.OLDER_EDITION}
    mask = snapshot.mask(wanted)
    return Eligible(
        mask=mask,
        current=snapshot.mask(current),
        named=snapshot.mask(named),
        counts={
            audience: int((mask & snapshot.mask(snapshot.keys_for(audience))).sum())
            for audience in {front.audience for front in fronts.values()}
        },
        is_collected=wanted == snapshot.collected,
    )


def in_force_for_everyone(fronts: Iterable[FrontMatter], as_of: date) -> frozenset[str]:
    """Return the editions in force on a day among those that are for everyone."""
    open_to_all = [front for front in fronts if front.audience == EVERYONE]
    standing = standings(open_to_all, as_of=as_of)
    return frozenset(key for key, value in standing.items() if value is Standing.IN_FORCE)
