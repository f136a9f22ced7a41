import json
from pathlib import Path
from typing import Any

import pytest

from evals.cases import load_cases, read_case
from evals.suites import SUITES, load_suite
from ingest.errors import VagvisarenError
from kb.records import Outcome, Turn


def written(tmp_path: Path, *cases: dict[str, Any]) -> Path:
    path = tmp_path / "s.jsonl"
    path.write_text("\n".join(json.dumps(case) for case in cases), encoding="utf-8")
    return path


def test_a_line_becomes_a_case(tmp_path: Path) -> None:
    line = {
        "id": "a", "question": "Och 2025?", "group": "g", "role": "rektor", "short": ["Nej", ""],
        "outcomes": ["answered"], "history": ["Hur mycket begärs?"], "as_of": "2026-01-01",
    }  # fmt: skip
    (case,) = load_cases(written(tmp_path, line))
    assert case.outcomes == (Outcome.ANSWERED,)
    assert case.history == (Turn("Hur mycket begärs?"),)
    assert case.short == ("Nej", "")
    assert case.as_of is not None
    assert case.as_of.year == 2026


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"okänd": 1}, "okänd"),
        ({"short": ["Kanske"]}, "Kanske"),
        ({"must": "personnummer"}, "must ska vara en lista"),
        ({"outcomes": ["maybe"]}, "maybe"),
        ({"question": " "}, "question saknas"),
    ],
)
def test_a_malformed_case_is_named_by_file_and_line(
    tmp_path: Path, wrong: dict[str, Any], says: str
) -> None:
    path = written(tmp_path, {"id": "a", "question": "?"}, {"id": "b", "question": "?"} | wrong)
    with pytest.raises(VagvisarenError, match=rf"s\.jsonl, rad 2.*{says}"):
        load_cases(path)


def test_an_id_stands_once(tmp_path: Path) -> None:
    path = written(tmp_path, {"id": "a", "question": "?"}, {"id": "a", "question": "!"})
    with pytest.raises(VagvisarenError, match="två gånger"):
        load_cases(path)


def test_line_separators_within_a_question_part_no_lines(tmp_path: Path) -> None:
    path = tmp_path / "s.jsonl"
    path.write_text('{"id": "a", "question": "En\u2028två"}\n', encoding="utf-8")
    assert load_cases(path)[0].question == "En\u2028två"


def test_the_digest_tells_demands_apart_and_notes_not() -> None:
    given = {"id": "a", "question": "?"}
    digest = read_case(given).digest
    assert digest == read_case(given | {"note": "B4", "role": "chef"}).digest
    assert digest != read_case(given | {"must": ["7 mnkr"]}).digest


def test_an_unknown_suite_is_answered_with_those_there_are() -> None:
    with pytest.raises(VagvisarenError, match=r"finns inte.*guidance"):
        load_suite("saknas")


@pytest.mark.parametrize("path", sorted(SUITES.glob("*.jsonl")), ids=lambda path: path.stem)
def test_every_shipped_suite_loads_and_asks_every_question_once(path: Path) -> None:
    cases = load_cases(path)
    asked = [(case.question, case.history, case.as_of) for case in cases]
    assert len(set(asked)) == len(asked) > 0
