import json
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path

import pytest

from evals.provenance import digest_of, gather, told_settings
from kb.present import to_json
from kb.settings import Settings


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    (tmp_path / "library").mkdir()
    (tmp_path / "library" / "a.md").write_text("A", encoding="utf-8")
    return Settings(
        library=tmp_path / "library",
        data=tmp_path,
        embedding="openai:modell",
        embedding_key="hemlig-nyckel",  # type: ignore[arg-type]
    )


def test_no_secret_and_no_place_of_the_machine_is_kept(settings: Settings) -> None:
    assert told_settings(settings) == {"embedding": "openai:modell"}
    kept = to_json(asdict(gather(settings, suites={}, as_of=date(2026, 11, 22), seed=7)))
    assert "hemlig" not in kept
    assert str(settings.data) not in kept


def test_what_decides_the_answers_is_told_apart(settings: Settings) -> None:
    made = gather(settings, suites={}, as_of=date(2026, 11, 22), seed=7)
    kept = json.loads(to_json(asdict(made)))
    assert made.differs(kept) == ()
    assert replace(made, seed=8, machine={}).differs(kept) == ("seed",)
    (settings.library / "a.md").write_text("B", encoding="utf-8")
    again = gather(settings, suites={}, as_of=date(2026, 11, 22), seed=7)
    assert again.differs(kept) == ("library",)


def test_a_run_says_what_it_was_made_with(settings: Settings) -> None:
    made = gather(settings, suites={"s": "sha256:0"}, as_of=date(2026, 11, 22), seed=7)
    assert made.documents == 1
    assert made.packages["python"]
    assert made.packages["numpy"]
    assert made.machine["cores"]
    assert made.index == ""


def test_the_digest_is_of_names_and_bytes(tmp_path: Path) -> None:
    one, two = tmp_path / "a", tmp_path / "b"
    one.write_bytes(b"x")
    two.write_bytes(b"x")
    assert digest_of([one]) != digest_of([two])
    assert digest_of([one]) == digest_of([tmp_path, one])
