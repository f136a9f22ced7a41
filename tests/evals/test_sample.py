import json

from evals.sample import record_to_sample
from evals.suites import SUITES

LINE = {"id": "a", "question": "Och 2025?", "must": ["21 mnkr"], "critical": True}


def test_a_case_becomes_the_arguments_of_a_sample() -> None:
    assert record_to_sample(LINE) == {
        "input": "Och 2025?",
        "target": ["21 mnkr"],
        "id": "a",
        "metadata": {"critical": True},
    }


def test_a_history_becomes_the_messages_before() -> None:
    sample = record_to_sample(LINE | {"history": ["Hur mycket begärs?"]})
    assert sample["input"] == [
        {"role": "user", "content": "Hur mycket begärs?"},
        {"role": "user", "content": "Och 2025?"},
    ]


def test_every_field_of_the_shipped_cases_is_kept() -> None:
    for line in (SUITES / "multi_turn.jsonl").read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        sample = record_to_sample(record)
        assert set(record) - set(sample["metadata"]) <= {"id", "question", "history", "must"}
