"""Build a generation of the index beside the one that answers, check it, swap it in."""

import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

from ingest.errors import IndexUnavailableError
from kb.embedding.model import Embedder
from kb.index import vectors
from kb.index.derived import build_collection, build_lexical
from kb.index.generations import (
    active,
    begin,
    count_passages,
    forget,
    forget_unused_vectors,
    generations,
    hold,
    hold_table,
    seal,
    swap_in,
)
from kb.index.manifest import Generation, connect, transaction
from kb.index.plan import Plan, Wish, make_plan
from kb.index.sealed import check_spans, measure, read
from kb.index.storage import (
    collection_place,
    lexical_folder,
    manifest_path,
    part_numbers,
    remove_parts,
)
from kb.intake import Desk, write_documents
from kb.language.swedish import Analyser

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Workshop:
    """Where and with what the index is built."""

    data: Path
    embedder: Embedder
    analyser: Analyser
    chroma_url: str | None
    use_chroma: bool


@dataclass(frozen=True, slots=True)
class Built:
    """What became of a wish: the plan carried out, the generation that answers now."""

    plan: Plan
    generation: int
    notes: tuple[str, ...] = ()


def bring_level(shop: Workshop, wish: Wish, progress: Progress | None) -> Built:
    """Make the index what the wish says; only its owner may call this.

    Raises:
        DamagedManifestError: what answers now is damaged; remove the manifest and call again.
        IndexUnavailableError: the new generation did not pass its checks; it is removed.
        sqlite3.Error, OSError: it could not be written.
    """
    with closing(connect(manifest_path(shop.data))) as connection:
        numbers = {generation.id for generation in generations(connection)}
        number = max({0} | numbers | part_numbers(shop.data)) + 1
        _clear(connection, shop)
        current = active(connection)
        if current:  # what is kept must not carry damage into a newly sealed generation
            read(connection, current)
            check_spans(connection, current)
        plan = make_plan(connection, current, wish)
        if current and plan.is_level:
            return Built(plan, current.id)
        try:
            notes = _build(connection, shop, wish, plan, current, number, progress)
            swap_in(connection, number)
        finally:
            # Also frees the disk when the build failed because it is full.
            with suppress(sqlite3.Error, OSError):
                _clear(connection, shop)
        with suppress(sqlite3.Error):
            forget_unused_vectors(connection)
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return Built(plan, number, notes)


def _build(
    connection: sqlite3.Connection,
    shop: Workshop,
    wish: Wish,
    plan: Plan,
    current: Generation | None,
    number: int,
    progress: Progress | None,
) -> tuple[str, ...]:
    """Write, derive, check and seal generation `number`; return what works less well."""
    cache = _vector_cache(shop, wish, current, number)
    with transaction(connection):
        begin(
            connection, number,
            identity=wish.identity, vector_cache=cache, in_force_on=wish.today,
        )  # fmt: skip
        for document in plan.kept:
            hold(connection, number, document.row, in_force=document.key in wish.in_force)
        for name, source in wish.tables.items():
            hold_table(connection, number, name=name, source=source)
    expected = count_passages(connection, number)
    desk = Desk(connection, number, cache, shop.embedder)
    expected += write_documents(desk, plan.new, in_force=wish.in_force, progress=progress)

    draft = next(g for g in generations(connection) if g.id == number)
    snapshot, digest = measure(connection, draft)
    found = len(snapshot.keys), len(snapshot.names), len(snapshot.position)
    if found != (len(wish.documents), expected, expected):
        raise IndexUnavailableError(
            f"Det nya indexet blev inte helt ({found[1]} avsnitt i stället för {expected}) och "
            "används inte. Kör vagvisaren sync --rebuild."
        )
    build_lexical(lexical_folder(shop.data, number), connection, snapshot, shop.analyser)
    notes: tuple[str, ...] = ()
    if shop.use_chroma and snapshot.collected:
        wrong = build_collection(collection_place(shop.data, number, shop.chroma_url), snapshot)
        notes = (f"Exakt sökning svarar i stället för Chroma: {wrong}",) if wrong else ()
    with transaction(connection):
        seal(
            connection, number, documents=found[0], passages=found[1],
            vectors=len(snapshot.vectors), digest=digest,
        )  # fmt: skip
    return notes


def _vector_cache(shop: Workshop, wish: Wish, current: Generation | None, number: int) -> str:
    """Name the cache of vectors to use; a rebuild begins one of its own, the old stays whole."""
    embedder = shop.embedder.identity
    if wish.rebuild:
        return f"{embedder}#{number}"
    if current and current.vector_cache.rpartition("#")[0] == embedder:
        return current.vector_cache
    return f"{embedder}#0"


def _clear(connection: sqlite3.Connection, shop: Workshop) -> None:
    """Remove all but the generation that answers and the one before it."""
    there = generations(connection)
    keep = {generation.id for generation in there if generation.state == "active"}
    keep |= set(sorted(generation.id for generation in there if generation.state == "retired")[-1:])
    forgotten = [generation.id for generation in there if generation.id not in keep]
    for number in forgotten if shop.chroma_url else ():
        with suppress(vectors.CollectionError):
            vectors.drop(collection_place(shop.data, number, shop.chroma_url))
    if forgotten:
        forget(connection, forgotten)
    remove_parts(shop.data, keep=keep)
