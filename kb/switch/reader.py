"""Read the switch for every question without asking the database each time."""

import time
from collections.abc import Callable
from threading import Lock

from ingest.errors import JournalError
from kb.journal.store import Journal
from kb.switch.state import Standing, read_switch

FRESH = 2.0  # seconds that a reading is good for: so soon every replica obeys


class SwitchReader:
    """Knows how the switch stands, never older than `fresh` seconds; safe between threads.

    What cannot be read counts as not known, for as long, so that a database that is away is not
    asked by every question in turn.
    """

    def __init__(
        self,
        journal: Journal,
        *,
        fresh: float = FRESH,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._journal = journal
        self._fresh = fresh
        self._clock = clock
        self._lock = Lock()
        self._found: Standing | JournalError = JournalError("Läget är inte läst än.")
        self._until = float("-inf")

    @property
    def is_fresh(self) -> bool:
        """Tell whether `read` answers without asking the database."""
        return self._clock() < self._until

    def read(self) -> Standing:
        """Return how the switch stands; may wait for the database.

        Raises:
            JournalError: it cannot be known; nothing may then be answered.
        """
        with self._lock:
            if not self.is_fresh:
                self._found = self._look()
                self._until = self._clock() + self._fresh
            found = self._found
        if isinstance(found, JournalError):
            raise JournalError(str(found)) from found
        return found

    def _look(self) -> Standing | JournalError:
        try:
            with self._journal.looking() as connection:
                return read_switch(connection)
        except JournalError as error:
            return error
