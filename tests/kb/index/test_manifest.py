import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.document import Block, FrontMatter, Passage, Source
from kb.index.generations import active, begin, generations, seal, swap_in
from kb.index.manifest import (
    SCHEMA,
    DamagedManifestError,
    connect,
    connect_to_read,
    is_damage,
    remove,
    transaction,
)
from kb.index.sealed import measure, read
from kb.index.snapshot import passage_of, vector_id
from kb.index.storage import manifest_path
from kb.index.stored import (
    front_as_json,
    front_from_json,
    passage_as_json,
    passage_from_json,
    record_format,
)
from tests.kb.index.small_index import TODAY, library, run_sync

words = st.text(max_size=20)


@given(
    st.builds(
        FrontMatter,
        id=words, title=words, perspectives=st.tuples(words), year=st.none() | st.integers(),
        valid_from=st.none() | st.dates(), valid_to=st.none() | st.dates(),
        sources=st.tuples(st.builds(Source, words, words)),
        questions=st.dictionaries(words, st.tuples(words)),
    )
)  # fmt: skip
def test_front_matter_comes_back_as_it_was(front: FrontMatter) -> None:
    assert front_from_json(front_as_json(front)) == front


@given(
    st.builds(
        Passage,
        blocks=st.lists(st.builds(Block), min_size=1, max_size=3).map(tuple),
        headings=st.tuples(words), questions=st.tuples(words, words),
    )
)  # fmt: skip
def test_a_passage_comes_back_as_it_was(passage: Passage) -> None:
    assert passage_from_json(passage_as_json(passage)) == passage


@pytest.mark.parametrize("text", ["", "{}", "null", '{"id": 1}'])
def test_a_record_that_is_none_is_damage(text: str) -> None:
    with pytest.raises(DamagedManifestError, match="vagvisaren sync"):
        front_from_json(text)


def test_the_record_format_is_the_same_from_one_call_to_the_next() -> None:
    assert record_format() == record_format()


@given(st.text(), st.integers(0, 50))
def test_a_vectors_name_gives_its_passage_back(anchor: str, slot: int) -> None:
    name = f"id@1#{anchor}" + ("" if slot else "x")

    assert passage_of(vector_id(name, slot)) == name


@pytest.fixture
def manifest(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    with closing(connect(tmp_path / "m.sqlite3")) as connection:
        yield connection


def add_generation(connection: sqlite3.Connection, number: int, *, is_sealed: bool = True) -> None:
    with transaction(connection):
        begin(connection, number, identity="i", vector_cache="c", in_force_on=TODAY)
        if is_sealed:
            seal(connection, number, documents=0, passages=0, vectors=0, digest="d")


def test_swapping_in_retires_the_one_before(manifest: sqlite3.Connection) -> None:
    for number in (1, 2):
        add_generation(manifest, number)
        swap_in(manifest, number)

    assert [(g.id, g.state) for g in generations(manifest)] == [(1, "retired"), (2, "active")]


def test_what_is_not_sealed_is_never_swapped_in(manifest: sqlite3.Connection) -> None:
    add_generation(manifest, 1)
    swap_in(manifest, 1)
    add_generation(manifest, 2, is_sealed=False)

    with pytest.raises(sqlite3.IntegrityError):
        swap_in(manifest, 2)

    current = active(manifest)
    assert current is not None
    assert (current.id, current.in_force_on) == (1, TODAY)


def test_two_generations_cannot_answer_at_once(manifest: sqlite3.Connection) -> None:
    add_generation(manifest, 1)
    add_generation(manifest, 2)

    with pytest.raises(sqlite3.IntegrityError):
        manifest.execute("UPDATE generation SET state = 'active'")


def test_a_failed_write_leaves_nothing(manifest: sqlite3.Connection) -> None:
    def write_halfway() -> None:
        with transaction(manifest):
            begin(manifest, 1, identity="i", vector_cache="c", in_force_on=date.min)
            raise KeyError

    with pytest.raises(KeyError):
        write_halfway()

    assert generations(manifest) == []


def test_another_schema_is_made_anew_and_not_read(tmp_path: Path) -> None:
    path = tmp_path / "m.sqlite3"
    with closing(connect(path)) as connection:
        add_generation(connection, 1)
        connection.execute(f"PRAGMA user_version = {SCHEMA + 1}")

    with pytest.raises(sqlite3.DatabaseError, match="schema"):
        connect_to_read(path)
    with closing(connect(path)) as connection:
        assert generations(connection) == []


def test_a_reader_cannot_write(tmp_path: Path) -> None:
    connect(tmp_path / "m.sqlite3").close()

    reader = connect_to_read(tmp_path / "m.sqlite3")
    with closing(reader), pytest.raises(sqlite3.OperationalError):
        add_generation(reader, 1)


def test_damage_is_told_from_a_missing_file(tmp_path: Path) -> None:
    path = tmp_path / "m.sqlite3"
    path.write_bytes(b"inte en databas" * 1000)

    with pytest.raises(sqlite3.DatabaseError) as damaged:
        connect(path)
    remove(path)
    with pytest.raises(sqlite3.OperationalError) as missing:
        connect_to_read(path)

    assert is_damage(damaged.value)
    assert not is_damage(missing.value)


def test_a_generation_reads_back_in_document_and_reading_order(tmp_path: Path) -> None:
    run_sync(tmp_path, library(2))

    with closing(connect_to_read(manifest_path(tmp_path))) as connection:
        generation = active(connection)
        assert generation is not None
        snapshot = read(connection, generation)

    assert snapshot.names == (
        "dok-0@1#inledning", "dok-0@1#regel-0", "dok-0@1#undantag-0",
        "dok-1@1#inledning", "dok-1@1#regel-1", "dok-1@1#undantag-1",
    )  # fmt: skip
    assert snapshot.starts.tolist() == [0, 1, 3, 4, 5, 7]
    assert snapshot.collection()[0] == [
        "dok-0@1#inledning", "dok-0@1#regel-0", "dok-0@1#regel-0|q1", "dok-0@1#undantag-0",
        "dok-1@1#inledning", "dok-1@1#regel-1", "dok-1@1#regel-1|q1", "dok-1@1#undantag-1",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE passage SET content = replace(content, 'gäller', 'galler') WHERE ordinal = 1",
        "UPDATE vector SET data = zeroblob(length(data)) WHERE role = 'question'",
        "UPDATE held SET in_force = 0",
        "DELETE FROM passage_vector WHERE slot = 0",
        "DELETE FROM passage WHERE ordinal = 2",
        "UPDATE document SET body_digest = ''",
    ],
)
def test_what_differs_from_its_seal_is_not_read(tmp_path: Path, damage: str) -> None:
    run_sync(tmp_path, library(2))

    with closing(connect(manifest_path(tmp_path))) as connection:
        generation = active(connection)
        assert generation is not None
        assert connection.execute(damage).rowcount > 0
        with pytest.raises(DamagedManifestError):
            read(connection, generation)


def test_the_same_library_gives_the_same_digest(tmp_path: Path) -> None:
    digests = set()
    for name, documents in (("a", library(3)), ("b", library(3)[::-1])):
        run_sync(tmp_path / name, documents)
        with closing(connect_to_read(manifest_path(tmp_path / name))) as connection:
            generation = active(connection)
            assert generation is not None
            digests.add(measure(connection, generation)[1])

    assert len(digests) == 1
