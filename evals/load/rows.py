"""What the journal says of a run: how many turns, with what outcome, how long the guide took."""

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select

from kb.journal.store import open_journal
from kb.journal.tables import turn
from kb.journal.verify import verify


@dataclass(frozen=True, slots=True)
class Rows:
    """The turns of a journal: number by outcome, milliseconds of the guide; faults in the seals."""

    outcomes: Mapping[str, int]
    guide: tuple[float, ...]
    faults: int

    @property
    def turns(self) -> int:
        """Return how many there are."""
        return sum(self.outcomes.values())


def read_rows(data: Path, *, url: str | None = None) -> Rows:
    """Read the turns of a journal and try every seal.

    Raises:
        JournalError: it cannot be read.
    """
    journal = open_journal(data, url=url)
    try:
        with journal.looking() as connection:
            found = connection.execute(select(turn.c.outcome, turn.c.timings)).all()
            faults = len(verify(connection).faults)
    finally:
        journal.close()
    times = (json.loads(row.timings).get("total") for row in found)
    guide = tuple(time for time in times if time is not None)
    return Rows(Counter(row.outcome for row in found), guide, faults)
