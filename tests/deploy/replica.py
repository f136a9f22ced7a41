"""One replica for the tests: the web app round the double, every turn in a shared journal."""

import sys
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from kb.journal.records import Actor
from kb.journal.store import open_journal
from kb.journal.turns import write_turn
from kb.records import Answer
from tests.kb.journal.made import SETUP
from tests.web.guide_double import DoubleGuide
from web.recorder import KeepNothing
from web.server import serve
from web.site import Site


class SharedJournal(KeepNothing):
    """Writes every turn in the journal that all replicas share."""

    def __init__(self, folder: Path) -> None:
        self._journal = open_journal(folder)

    def turn(self, answer: Answer, *, actor: Actor, as_of: date | None = None) -> None:
        """Write an Answer, under an id of its own: the double's are all alike."""
        now = datetime.now(UTC)
        with self._journal.writing() as connection:
            write_turn(
                connection, replace_id(answer), actor=actor, setup=SETUP, texts={},
                as_of=now.date(), now=now,
            )  # fmt: skip


def replace_id(answer: Answer) -> Answer:
    """Return an Answer whose id is still to be drawn."""
    return replace(answer, id="")


if __name__ == "__main__":
    serve(DoubleGuide(), Site(recorder=SharedJournal(Path(sys.argv[1]))), port=int(sys.argv[2]))
