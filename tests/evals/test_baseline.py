from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from evals.approve import approve
from evals.baseline import read_baseline, write_baseline
from evals.gate import judge
from evals.run import Run
from evals.trial import Trial
from ingest.errors import VagvisarenError
from tests.evals.made import SILENT, WRONG, baseline, case, suite, trial

LATER = datetime(2027, 1, 1, tzinfo=UTC)
STRICT = {"suites": {"s": {"cases": 2, "metrics": {"right": {"floor": 0.5, "max_worse": 0}}}}}


def approved(judged: Trial, folder: Path, **options: Any) -> Path:
    run = Run(tuple(judged.suites), (), tuple(judged.results), tuple(judged.figures), {"seed": 7})
    given = {"role": "AI-rådet", "release": "1.1"} | options
    return approve(judged, judge(judged), run, folder=folder, **given)


def test_a_baseline_comes_back_as_it_was_approved(tmp_path: Path) -> None:
    kept = baseline(suite(case("a", critical=True, group="g"), case("b", group="g")), b=WRONG)
    write_baseline(kept, tmp_path)
    back = read_baseline("1.0", folder=tmp_path)
    assert back is not None
    assert back.header == kept.header
    for old, new in zip(kept.results, back.results, strict=True):
        assert (new.key, new.case, new.cited, new.answer) == (
            old.key, old.case, old.cited, old.answer,
        )  # fmt: skip
        assert new.metrics.get("right") == old.metrics.get("right")


def test_a_baseline_is_small_and_holds_no_whole_answer(tmp_path: Path) -> None:
    many = suite(*(case(f"c{number}") for number in range(100)))
    path = write_baseline(baseline(many), tmp_path)
    assert path.stat().st_size / 100 < 600


def test_without_a_name_the_one_approved_last_is_taken(tmp_path: Path) -> None:
    assert read_baseline(folder=tmp_path) is None
    first = baseline(suite())
    later = replace(first, header=replace(first.header, release="0.9", approved_at=LATER))
    write_baseline(first, tmp_path)
    write_baseline(later, tmp_path)
    found = read_baseline(folder=tmp_path)
    assert found is not None
    assert found.header.release == "0.9"


def test_an_unknown_baseline_is_answered_with_those_there_are(tmp_path: Path) -> None:
    write_baseline(baseline(suite()), tmp_path)
    with pytest.raises(VagvisarenError, match=r"finns inte. Det finns: 1\.0"):
        read_baseline("2.0", folder=tmp_path)


def test_a_damaged_baseline_is_refused(tmp_path: Path) -> None:
    path = write_baseline(baseline(suite()), tmp_path)
    path.write_text(path.read_text(encoding="utf-8")[:-30], encoding="utf-8")
    with pytest.raises(VagvisarenError, match="går inte att läsa"):
        read_baseline(folder=tmp_path)


def test_what_got_worse_may_be_approved_and_is_kept_in_the_header(tmp_path: Path) -> None:
    judged = trial(before=baseline(suite()), policy=STRICT, a=WRONG)
    assert not judge(judged).passed
    approved(judged, tmp_path)
    kept = read_baseline(folder=tmp_path)
    assert kept is not None
    assert any("s/a är sämre" in text for text in kept.header.accepted)
    assert judge(trial(before=kept, policy=STRICT, a=WRONG)).passed


@pytest.mark.parametrize(
    "judged",
    [
        trial(a=WRONG, b=SILENT),
        trial(suite(case("a", critical=True), case("b")), a=WRONG),
    ],
    ids=["below the floor", "critical"],
)
def test_what_the_policy_demands_cannot_be_approved_away(judged: Trial, tmp_path: Path) -> None:
    with pytest.raises(VagvisarenError, match="kan inte godkännas"):
        approved(judged, tmp_path)
    assert not list(tmp_path.iterdir())


def test_a_run_without_all_suites_cannot_be_approved(tmp_path: Path) -> None:
    for part in (suite(name="annan"), suite(case("a"))):
        with pytest.raises(VagvisarenError, match="s är inte helt körda"):
            approved(trial(part), tmp_path)


@pytest.mark.parametrize("wrong", [{"role": " "}, {"release": "../1"}])
def test_a_role_and_a_release_are_asked_for(wrong: dict[str, str], tmp_path: Path) -> None:
    with pytest.raises(VagvisarenError, match="Ange en roll"):
        approved(trial(), tmp_path, **wrong)


def test_a_baseline_is_never_written_over(tmp_path: Path) -> None:
    approved(trial(), tmp_path)
    with pytest.raises(VagvisarenError, match=r"1\.1 finns redan"):
        approved(trial(), tmp_path)
