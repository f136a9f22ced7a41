import os
import shutil
import subprocess
import sys
from contextlib import closing, suppress
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from ingest.document import Kind, Status
from ingest.errors import IndexUnavailableError
from kb.embedding.model import Matrix
from kb.index import vectors
from kb.index.manifest import connect
from kb.index.storage import manifest_path, owner
from kb.index.sync import SyncReport
from tests.kb.index.small_index import (
    TODAY,
    WordBag,
    document,
    forkserver,
    library,
    open_small,
    plain_words,
    run_sync,
)


def counts(report: SyncReport) -> tuple[int, int, int, int]:
    return report.added, report.changed, report.dropped, report.unchanged


def test_a_first_sync_adds_every_published_document(tmp_path: Path) -> None:
    report = run_sync(tmp_path, library(6))

    assert counts(report) == (6, 0, 0, 0)
    assert report.generation == 1
    assert open_small(tmp_path).counts.passages == 18


def test_a_sync_counts_what_changed(tmp_path: Path) -> None:
    run_sync(tmp_path, library(6))

    report = run_sync(tmp_path, [*library(5, edited=2), document("ny", "Helt ny text.")])

    assert counts(report) == (1, 1, 1, 4)


def test_changed_front_matter_is_a_change(tmp_path: Path) -> None:
    run_sync(tmp_path, [document("a", "Text.")])

    report = run_sync(tmp_path, [document("a", "Text.", decided_by="KF 2021-03-31 § 100")])

    assert counts(report) == (0, 1, 0, 0)
    assert open_small(tmp_path).documents["a@1"].decided_by == "KF 2021-03-31 § 100"


def test_nothing_changed_does_nothing(tmp_path: Path) -> None:
    run_sync(tmp_path, library(100))
    before = manifest_path(tmp_path).stat().st_mtime_ns

    report = run_sync(tmp_path, library(100))

    assert counts(report) == (0, 0, 0, 100)
    assert report.generation == 1
    assert report.seconds < 1
    assert manifest_path(tmp_path).stat().st_mtime_ns == before


def test_unchanged_text_is_never_embedded_twice(tmp_path: Path) -> None:
    embedder = WordBag()
    run_sync(tmp_path, library(6), embedder=embedder)
    first = embedder.embedded

    run_sync(tmp_path, library(6, edited=3), embedder=embedder)

    assert (first, embedder.embedded - first) == (24, 1)


def test_an_interrupted_sync_goes_on_with_the_vectors_it_has(tmp_path: Path) -> None:
    class Interrupted(WordBag):
        def embed_passages_with_spans(self, passages: Any, **_: Any) -> Any:
            if self.embedded > 200:
                raise KeyboardInterrupt
            return super().embed_passages_with_spans(passages)

    with pytest.raises(KeyboardInterrupt):
        run_sync(tmp_path, library(150), embedder=Interrupted())
    with pytest.raises(IndexUnavailableError, match="vagvisaren sync"):
        open_small(tmp_path)

    embedder = WordBag()
    run_sync(tmp_path, library(150), embedder=embedder)

    assert embedder.embedded < 400
    assert open_small(tmp_path).counts.passages == 450


def test_what_is_not_published_is_skipped_with_the_reason(tmp_path: Path) -> None:
    drafts = [
        document("utkast", "Hemligt utkast.", status=Status.DRAFT),
        document("granskas", "Hemlig granskning.", status=Status.IN_REVIEW),
        document("borta", "Hemligt tillbaka.", status=Status.WITHDRAWN),
    ]

    report = run_sync(tmp_path, [*library(1), *drafts])

    assert [name for name, _ in report.skipped] == ["utkast@1", "granskas@1", "borta@1"]
    assert "utkast" in report.skipped[0][1]
    assert b"Hemlig" not in manifest_path(tmp_path).read_bytes()


def test_a_withdrawn_document_leaves_the_index(tmp_path: Path) -> None:
    run_sync(tmp_path, library(2))
    first, second = library(2)

    withdrawn = document("dok-1", second.body, status=Status.WITHDRAWN)
    report = run_sync(tmp_path, [first, withdrawn])

    assert counts(report) == (0, 0, 1, 1)
    assert set(open_small(tmp_path).documents) == {"dok-0@1"}


def test_a_second_file_of_the_same_edition_is_skipped(tmp_path: Path) -> None:
    report = run_sync(tmp_path, [document("a", "Först."), document("a", "Sedan.")])

    assert len(report.skipped) == 1
    assert "samma id och utgåva" in report.skipped[0][1]
    assert open_small(tmp_path).whole.passages_of("a@1")[0].text == "Först."


def test_a_dry_run_writes_nothing(tmp_path: Path) -> None:
    data = tmp_path / "data"

    assert counts(run_sync(data, library(3), dry_run=True)) == (3, 0, 0, 0)
    assert not data.exists()
    run_sync(data, library(3))
    assert counts(run_sync(data, library(2, edited=0), dry_run=True)) == (0, 1, 1, 1)
    assert open_small(data).counts.documents == 3


def test_an_empty_library_gives_an_index_that_finds_nothing(tmp_path: Path) -> None:
    run_sync(tmp_path, [])

    index = open_small(tmp_path)
    assert index.search("något", as_of=TODAY) == []
    assert index.counts.documents == 0


def test_a_document_without_text_does_not_stop_the_others(tmp_path: Path) -> None:
    empty = document("tom", "")

    run_sync(tmp_path, [empty, *library(1)])

    assert counts(run_sync(tmp_path, [empty, *library(1)])) == (0, 0, 0, 2)
    assert open_small(tmp_path).whole.passages_of("tom@1") == ()


def test_headings_that_share_an_anchor_are_both_found(tmp_path: Path) -> None:
    body = "## Mål\n\nEtt.\n\n## Mål\n\nTvå.\n\n## Mål 2\n\nTre.\n"

    run_sync(tmp_path, [document("a", body)])

    texts = [passage.text for passage in open_small(tmp_path).whole.passages_of("a@1")]
    assert texts == ["Ett.", "Två.", "Tre."]


@pytest.mark.parametrize(
    "other", [{"embedder": WordBag("word-bag 2")}, {"analyser": plain_words("plain 2")}]
)
def test_another_model_or_analysis_is_refused_then_rebuilt(
    tmp_path: Path, other: dict[str, Any]
) -> None:
    run_sync(tmp_path, library(2))

    with pytest.raises(IndexUnavailableError, match="annan språkmodell eller språkanalys"):
        open_small(tmp_path, **other)
    report = run_sync(tmp_path, library(2), **other)

    assert (report.unchanged, report.generation) == (2, 2)
    assert open_small(tmp_path, **other).counts.documents == 2


def test_a_rebuild_embeds_everything_anew(tmp_path: Path) -> None:
    embedder = WordBag()
    run_sync(tmp_path, library(2), embedder=embedder)

    report = run_sync(tmp_path, library(2), embedder=embedder, rebuild=True)

    assert embedder.embedded == 16
    assert counts(report) == (0, 0, 0, 2)
    assert report.generation == 2


def test_a_new_day_that_changes_what_is_in_force_builds_a_generation(tmp_path: Path) -> None:
    plans = [
        document(f"plan-{year}", f"Budget {year}.", kind=Kind.PLAN, year=year, title=f"Plan {year}")
        for year in (2026, 2027)
    ]
    run_sync(tmp_path, plans)

    assert run_sync(tmp_path, plans, today=date(2026, 12, 31)).generation == 1
    assert run_sync(tmp_path, plans, today=date(2027, 1, 1)).generation == 2


def test_only_the_last_generation_is_kept_beside_the_new(tmp_path: Path) -> None:
    for number in range(4):
        run_sync(tmp_path, library(4, edited=number))

    assert sorted(path.name for path in (tmp_path / "lexical").iterdir()) == ["g3", "g4"]


def test_progress_is_told(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []

    run_sync(tmp_path, library(150), progress=lambda done, total: told.append((done, total)))

    assert told[-1] == (150, 150)
    assert [done for done, _ in told] == sorted(done for done, _ in told)


@pytest.mark.parametrize("wrong", [np.nan, np.inf])
def test_vectors_that_are_none_are_refused(tmp_path: Path, wrong: float) -> None:
    class Broken(WordBag):
        def embed_questions(self, texts: Any, **_: Any) -> Matrix:
            return np.full((len(texts), self.dimensions), wrong, dtype=np.float32)

    run_sync(tmp_path, [document("a", "Text.")])

    with pytest.raises(IndexUnavailableError, match="VAGVISAREN_EMBEDDING"):
        run_sync(tmp_path, library(2), embedder=Broken())
    assert set(open_small(tmp_path).documents) == {"a@1"}


# What may go wrong


def test_two_at_once_are_told_apart(tmp_path: Path) -> None:
    with owner(tmp_path), pytest.raises(IndexUnavailableError, match="Vänta tills"):
        run_sync(tmp_path, library(1))

    assert run_sync(tmp_path, library(1)).added == 1


def sync_in_child(data: Path) -> None:
    run_sync(data, library(60))


def test_two_processes_at_once_leave_one_whole_index(tmp_path: Path) -> None:
    context = forkserver()
    children = [context.Process(target=sync_in_child, args=(tmp_path,)) for _ in range(2)]
    for child in children:
        child.start()
    for child in children:
        child.join(60)

    assert 0 in {child.exitcode for child in children}
    assert counts(run_sync(tmp_path, library(60))) == (0, 0, 0, 60)


@pytest.mark.parametrize("content", [b"", b"inte en databas" * 5000])
def test_a_manifest_that_is_none_is_built_anew(tmp_path: Path, content: bytes) -> None:
    run_sync(tmp_path, library(3))
    manifest_path(tmp_path).write_bytes(content)

    with pytest.raises(IndexUnavailableError, match="vagvisaren sync"):
        open_small(tmp_path)
    run_sync(tmp_path, library(3))

    assert open_small(tmp_path).counts.passages == 9


@pytest.mark.parametrize("seed", range(8))
def test_a_manifest_with_overwritten_bytes_is_never_answered_from(
    tmp_path: Path, seed: int
) -> None:
    run_sync(tmp_path, library(20))
    path = manifest_path(tmp_path)
    content = bytearray(path.read_bytes())
    chance = np.random.default_rng(seed)
    for place in chance.integers(100, len(content) - 600, size=3):
        content[place : place + 500] = chance.bytes(500)
    path.write_bytes(content)

    with suppress(IndexUnavailableError):
        index = open_small(tmp_path)
        right = index.whole.passage("dok-3@1#regel-3")
        assert right is not None
        assert "Regeln om sak3" in right.text
        index.close()
    run_sync(tmp_path, library(20))
    index = open_small(tmp_path)
    for number in range(20):
        assert index.search(f"sak{number} del{number}", as_of=TODAY, k=1)
        assert index.whole.span_vectors(f"dok-{number}@1#regel-{number}").shape == (2, 64)


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE vector SET data = zeroblob(length(data)) WHERE role = 'spans'",
        "DELETE FROM passage_vector WHERE slot = -1",
    ],
)
def test_damaged_sentence_vectors_are_refused_then_mended(tmp_path: Path, damage: str) -> None:
    run_sync(tmp_path, library(3))
    with closing(connect(manifest_path(tmp_path))) as connection:
        connection.execute(damage)

    with closing(open_small(tmp_path)) as index, pytest.raises(IndexUnavailableError):
        index.whole.span_vectors("dok-1@1#regel-1")
    run_sync(tmp_path, library(3))

    assert open_small(tmp_path).whole.span_vectors("dok-1@1#regel-1").shape == (2, 64)


def test_damage_is_not_carried_over_with_what_is_unchanged(tmp_path: Path) -> None:
    run_sync(tmp_path, library(3))
    with closing(connect(manifest_path(tmp_path))) as connection:
        connection.execute("UPDATE passage SET content = replace(content, 'gäller', 'galler')")

    run_sync(tmp_path, library(3, edited=2))

    texts = [passage.text for passage in open_small(tmp_path).whole.passages_of("dok-1@1")]
    assert "galler" not in "".join(texts)


SYNC = (
    "from tests.kb.index.test_sync import run_sync, library; from pathlib import Path; import sys;"
)
TRY = (
    "from ingest.errors import IndexUnavailableError\n"
    "try: run_sync(Path(sys.argv[1]), library(200))\n"
    "except IndexUnavailableError as error: print(error)\n"
)


def run_python(code: str, data: Path) -> str:
    return subprocess.run(
        [sys.executable, "-c", code, str(data)],
        capture_output=True, text=True, cwd=Path(__file__).parents[3], check=True,
    ).stdout  # fmt: skip


@pytest.mark.parametrize("limit", [20_000, 200_000, 400_000])
def test_a_full_disk_is_said_plainly_and_loses_nothing(tmp_path: Path, limit: int) -> None:
    run_sync(tmp_path, library(2))

    said = run_python(
        SYNC + f"import resource; resource.setrlimit(resource.RLIMIT_FSIZE, ({limit}, {limit}))\n"
        + TRY,
        tmp_path,
    )  # fmt: skip

    assert "diskutrymme" in said
    assert open_small(tmp_path).counts.documents == 2
    assert run_sync(tmp_path, library(200)).added == 198


@pytest.fixture
def read_only(tmp_path: Path) -> Any:
    """Return how to run Python where the data folder cannot be written to."""
    if os.geteuid() != 0:
        return lambda code, data: (data.chmod(0o555), run_python(code, data), data.chmod(0o755))[1]
    if not shutil.which("unshare"):
        pytest.skip("root may write everywhere, and there is no unshare to keep it from that")

    def run(code: str, data: Path) -> str:
        mount = f'mount --bind -o ro {data} {data} && exec {sys.executable} -c "$0" {data}'
        done = subprocess.run(
            ["unshare", "--mount", "sh", "-c", mount, code],
            capture_output=True, text=True, cwd=Path(__file__).parents[3], check=False,
        )  # fmt: skip
        if "unshare" in done.stderr or "mount:" in done.stderr:
            pytest.skip(f"no mount namespace here: {done.stderr.strip()}")
        assert done.returncode == 0, done.stderr
        return done.stdout

    return run


def test_a_read_only_folder_is_said_plainly_and_still_answers(
    tmp_path: Path, read_only: Any
) -> None:
    run_sync(tmp_path, library(2))

    said = read_only(SYNC + "\n" + TRY, tmp_path)
    found = read_only(
        "from tests.kb.index.small_index import *; import sys\n"
        "index = open_small(Path(sys.argv[1]))\n"
        "print(index.search('sak1 del1', as_of=TODAY)[0].passage.id)",
        tmp_path,
    )

    assert "skriv" in said
    assert found.strip() == "dok-1@1#regel-1"


def test_a_collection_that_cannot_be_proved_does_not_stop_a_sync(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: Any, **__: Any) -> None:
        raise vectors.CollectionError("trasig")

    monkeypatch.setattr(vectors, "build", fail)

    report = run_sync(tmp_path, library(2), use_chroma=True)

    assert "trasig" in report.notes[0]
    assert open_small(tmp_path).search("sak1", as_of=TODAY)
