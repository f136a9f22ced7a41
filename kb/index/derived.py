"""Build, open and mend what is derived from the manifest: the lexical index and the collection."""

import logging
import sqlite3
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from shutil import rmtree
from threading import Event

from ingest.errors import IndexUnavailableError
from kb.index import lexical, vectors
from kb.index.lexical import LexicalIndex
from kb.index.probe import probe
from kb.index.snapshot import Snapshot, passage_of
from kb.index.storage import lexical_folder, owner
from kb.index.stored import passage_from_json
from kb.index.vectors import Place
from kb.language.swedish import Analyser

_ATTEMPTS = 2
_log = logging.getLogger(__name__)


def build_lexical(
    folder: Path, connection: sqlite3.Connection, snapshot: Snapshot, analyser: Analyser
) -> LexicalIndex:
    """Write the lexical index of a generation anew, and open it.

    Raises:
        IndexUnavailableError: it cannot be written, or does not hold every passage.
    """
    rmtree(folder, ignore_errors=True)
    lexical.build(folder, _entries(connection, snapshot), analyser)
    index = LexicalIndex.open(folder, identity=analyser.identity)
    if index.size != len(snapshot.names):
        raise IndexUnavailableError(
            f"Ordindexet fick {index.size} avsnitt i stället för {len(snapshot.names)}. "
            "Kör vagvisaren sync igen."
        )
    return index


def open_lexical(
    data: Path, connection: sqlite3.Connection, snapshot: Snapshot, analyser: Analyser
) -> LexicalIndex | None:
    """Open the lexical index of a generation; rebuild it if it is damaged.

    None means that it can neither be read nor, just now, be written: answers rest on the
    vectors alone.
    """
    folder = lexical_folder(data, snapshot.generation.id)
    with suppress(IndexUnavailableError):
        index = LexicalIndex.open(folder, identity=analyser.identity)
        if index.size == len(snapshot.names):
            return index
    with suppress(IndexUnavailableError), owner(data):
        return build_lexical(folder, connection, snapshot, analyser)
    _log.warning("ordindexet går inte att läsa: svaren blir sämre tills vagvisaren sync har körts")
    return None


def build_collection(place: Place, snapshot: Snapshot, *, stop: Event | None = None) -> str | None:
    """Write the Chroma collection of a generation and prove it; return what is wrong, if anything.

    A collection that cannot be proved is written anew once, then removed: the vectors of the
    manifest answer without it.
    """
    ids, rows = snapshot.collection()
    chosen = snapshot.vectors[rows]
    owners = [passage_of(identifier) for identifier in ids]
    wrong: str | None = None
    for _ in range(_ATTEMPTS):
        try:
            vectors.build(place, ids, chosen, owners, stop=stop)
            wrong = probe(place, ids, chosen, stop=stop)
        except vectors.CollectionError as error:
            wrong = str(error)
        if wrong is None or (stop is not None and stop.is_set()):
            return wrong
    with suppress(vectors.CollectionError):
        vectors.drop(place)
    return wrong


def _entries(connection: sqlite3.Connection, snapshot: Snapshot) -> Iterator[tuple[str, str]]:
    """Yield each passage's id and the text its words are found by, curated questions included."""
    for row in snapshot.rows:
        content = connection.execute(
            "SELECT content FROM passage WHERE id = ?", (int(row),)
        ).fetchone()[0]
        passage = passage_from_json(content)
        yield passage.id, "\n".join((passage.index_text, *passage.questions))
