"""Build, open and mend what is derived from the manifest: the lexical index and the collection."""

import logging
import sqlite3
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from shutil import rmtree
from threading import Event

import numpy as np
from numpy.typing import NDArray

from ingest.errors import IndexUnavailableError
from kb.index import lexical, vectors
from kb.index.lexical import LexicalIndex
from kb.index.probe import probe
from kb.index.snapshot import Snapshot, passage_of
from kb.index.storage import lexical_folder, owner
from kb.index.stored import passage_from_json
from kb.index.vectors import Place
from kb.index.words import Words
from kb.language.swedish import Analyser

_ATTEMPTS = 2
_log = logging.getLogger(__name__)


def build_lexical(
    folder: Path, connection: sqlite3.Connection, snapshot: Snapshot, analyser: Analyser
) -> Words:
    """Write the lexical indexes of a generation anew, one an audience, and open them.

    Raises:
        IndexUnavailableError: they cannot be written, or do not hold every passage.
    """
    rmtree(folder, ignore_errors=True)
    for place, _, rows in _parts(folder, snapshot):
        lexical.build(place, _entries(connection, rows), analyser)
    words = _open_parts(folder, snapshot, analyser)
    if words is None:
        raise IndexUnavailableError(
            f"Ordindexet fick inte alla {len(snapshot.names)} avsnitt. Kör vagvisaren sync igen."
        )
    return words


def open_lexical(
    data: Path, connection: sqlite3.Connection, snapshot: Snapshot, analyser: Analyser
) -> Words | None:
    """Open the lexical indexes of a generation; rebuild them if one is damaged.

    None means that it can neither be read nor, just now, be written: answers rest on the
    vectors alone.
    """
    folder = lexical_folder(data, snapshot.generation.id)
    with suppress(IndexUnavailableError):
        if (words := _open_parts(folder, snapshot, analyser)) is not None:
            return words
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


def _open_parts(folder: Path, snapshot: Snapshot, analyser: Analyser) -> Words | None:
    """Open the index of every audience; None if one does not hold just its passages."""
    opened = {}
    for place, audience, rows in _parts(folder, snapshot):
        opened[audience] = LexicalIndex.open(place, identity=analyser.identity)
        if opened[audience].size != len(rows):
            return None
    return Words(opened)


def _parts(folder: Path, snapshot: Snapshot) -> Iterator[tuple[Path, str, NDArray[np.int64]]]:
    """Yield where the words of each audience lie, with the rows of its passages.

    What is for everyone comes first and lies in the folder itself, the others in numbered ones.
    """
    for number, audience in enumerate(snapshot.audiences):
        place = folder / f"audience-{number}" if number else folder
        yield place, audience, snapshot.rows[snapshot.mask(snapshot.keys_for(audience))]


def _entries(connection: sqlite3.Connection, rows: NDArray[np.int64]) -> Iterator[tuple[str, str]]:
    """Yield each passage's id and the text its words are found by, curated questions included."""
    for row in rows:
        content = connection.execute(
            "SELECT content FROM passage WHERE id = ?", (int(row),)
        ).fetchone()[0]
        passage = passage_from_json(content)
        yield passage.id, "\n".join((passage.index_text, *passage.questions))
