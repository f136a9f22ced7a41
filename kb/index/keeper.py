"""Keep a Chroma collection trustworthy while exact search answers: prove, open, rebuild."""

import logging
from enum import StrEnum
from pathlib import Path
from threading import Event, Lock, Thread

from ingest.errors import IndexUnavailableError
from kb.embedding.model import Vector
from kb.index.derived import build_collection
from kb.index.probe import probe
from kb.index.snapshot import Snapshot
from kb.index.storage import owner
from kb.index.vectors import Collection, CollectionError, Place, open_collection

_log = logging.getLogger(__name__)


class KeeperState(StrEnum):
    """What the collection is doing; in all states but `healthy` exact search answers."""

    CHECKING = "checking"
    HEALTHY = "healthy"
    REBUILDING = "rebuilding"
    UNUSED = "unused"


class CollectionKeeper:
    """One generation's collection, checked and mended in a thread of its own."""

    def __init__(self, snapshot: Snapshot, place: Place, data: Path) -> None:
        self.state = KeeperState.CHECKING
        self._snapshot = snapshot
        self._place = place
        self._data = data
        self._lock = Lock()
        self._stop = Event()
        self._rebuilt = False
        self._collection: Collection | None = None
        self._thread = Thread(target=self._take_into_use, name="collection-keeper", daemon=True)
        self._thread.start()

    def nearest(self, query: Vector, k: int) -> list[str] | None:
        """Return the ids of the `k` nearest vectors; None when exact search must answer."""
        collection = self._collection
        if collection is None:
            return None
        try:
            return collection.nearest(query, k)
        except CollectionError as error:
            self.doubt(str(error))
            return None

    def doubt(self, reason: str) -> None:
        """Stop using the collection; have it rebuilt, once."""
        with self._lock:
            if self._collection is None:
                return
            collection, self._collection = self._collection, None
            _log.warning("vektorindexet tas ur bruk: %s", reason)
            self.state = KeeperState.UNUSED
            if self._rebuilt or self._stop.is_set():
                return
            self.state = KeeperState.REBUILDING
            self._thread = Thread(
                target=self._rebuild, args=(collection,), name="collection-keeper", daemon=True
            )
            self._thread.start()

    def wait(self, seconds: float) -> KeeperState:
        """Wait until the work at hand is done, at most so long; return the state."""
        self._thread.join(seconds)
        return self.state

    def close(self) -> None:
        """Stop the work at hand and let go of the collection."""
        self._stop.set()
        self._thread.join()
        with self._lock:
            collection, self._collection = self._collection, None
            self.state = KeeperState.UNUSED
        if collection is not None:
            collection.close()

    def _take_into_use(self) -> None:
        ids, rows = self._snapshot.collection()
        wrong = probe(self._place, ids, self._snapshot.vectors[rows], stop=self._stop)
        if wrong is None:
            self._open()
        elif not self._stop.is_set():
            _log.warning("vektorindexet byggs om: %s", wrong)
            self._rebuild(None)

    def _rebuild(self, broken: Collection | None) -> None:
        self.state, self._rebuilt = KeeperState.REBUILDING, True
        if broken is not None:
            broken.close()
        try:
            with owner(self._data):
                wrong = build_collection(self._place, self._snapshot, stop=self._stop)
        except IndexUnavailableError as error:
            wrong = str(error)
        if wrong is None:
            self._open()
            return
        self.state = KeeperState.UNUSED
        if not self._stop.is_set():
            _log.warning("exakt sökning svarar i stället för vektorindexet: %s", wrong)

    def _open(self) -> None:
        try:
            opened = open_collection(self._place)
        except CollectionError as error:
            self.state = KeeperState.UNUSED
            _log.warning("exakt sökning svarar i stället för vektorindexet: %s", error)
            return
        with self._lock:
            self._collection, self.state = opened, KeeperState.HEALTHY
