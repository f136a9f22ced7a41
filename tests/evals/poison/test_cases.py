import json
from collections import Counter
from pathlib import Path

import pytest

from evals.poison.build import TECHNIQUES
from evals.poison.cases import Fate, Format, load_poisons, place_canaries
from ingest.errors import VagvisarenError


def test_at_least_forty_documents_are_poisoned_in_every_format() -> None:
    poisons = [case for case in load_poisons() if not case.is_control]
    assert len(poisons) >= 40
    assert min(Counter(case.format for case in poisons).values()) >= 10


def test_every_technique_of_every_format_has_a_case() -> None:
    cases = load_poisons()
    for kind in Format:
        used = {case.technique for case in cases if case.format is kind}
        assert used == TECHNIQUES[kind]


def test_every_format_has_a_harmless_document() -> None:
    assert {case.format for case in load_poisons() if case.is_control} == set(Format)


def test_canaries_differ_by_case_and_by_seed() -> None:
    one, other = (place_canaries(load_poisons(), seed=seed) for seed in (1, 2))
    assert len({case.canary for case in one}) == len(one)
    assert one[0].canary != other[0].canary
    assert all(case.is_control or case.canary in case.planted + case.header for case in one)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"must": []}, "must är tomt"),
        ({"must": ["lost"]}, "lost"),
        ({"planted": "utan märke"}, "{CANARY} saknas"),
        ({"format": "odt"}, "odt"),
        ({"extra": 1}, "extra"),
    ],
)
def test_a_line_that_is_no_case_is_refused(
    tmp_path: Path, change: dict[str, object], told: str
) -> None:
    line = {
        "id": "g", "format": "md", "technique": "plain", "planted": "x {CANARY}",
        "must": [Fate.FLAGGED], "question": "?", "title": "T", "text": "t",
    }  # fmt: skip
    path = tmp_path / "cases.jsonl"
    path.write_text(json.dumps(line | change), encoding="utf-8")
    with pytest.raises(VagvisarenError, match="rad 1") as refused:
        load_poisons(path)
    assert told in str(refused.value)
