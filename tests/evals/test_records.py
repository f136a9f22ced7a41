import json
from pathlib import Path

import pytest

from evals.records import Record, read_records, record_json
from ingest.errors import VagvisarenError
from kb.present import answer_json
from tests.evals.made import evidence, record


def test_a_record_comes_back_as_it_was_written(tmp_path: Path) -> None:
    kept: Record = record(
        hits=("regler#personnummer",), evidence=(evidence(),), named_years=(2026,)
    )
    path = tmp_path / "answers.jsonl"
    path.write_text(record_json(kept) + "\n", encoding="utf-8")
    assert read_records(path) == (kept,)


def test_the_answer_is_kept_whole_in_the_form_of_the_contract() -> None:
    kept = record()
    assert list(json.loads(record_json(kept))["answer"]) == list(answer_json(kept.answer))


def test_a_line_that_is_no_record_is_named(tmp_path: Path) -> None:
    path = tmp_path / "answers.jsonl"
    path.write_text("{}\n", encoding="utf-8")
    with pytest.raises(VagvisarenError, match=r"answers\.jsonl, rad 1"):
        read_records(path)
