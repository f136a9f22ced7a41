import json
from dataclasses import replace
from pathlib import Path

import pytest

from evals.cases import Case, load_cases
from evals.run import SUITES, figures
from evals.score import score
from ingest.errors import VagvisarenError
from kb.records import Answer, Outcome

CASE = Case(id="a", question="Hur mycket?", must=("7 mnkr|7 miljoner",), forbid=("21 mnkr",))
ANSWER = Answer("a", "Hur mycket?", "sv", Outcome.ANSWERED, "", "Behovet är 7\u00a0MNKR.")


def test_text_is_compared_without_case_and_spacing() -> None:
    assert score(CASE, ANSWER).facts_ok


def test_a_forbidden_word_makes_it_wrong() -> None:
    said = score(CASE, replace(ANSWER, text="7 mnkr, inte 21 mnkr"))
    assert not said.clean
    assert said.wrong


def test_another_outcome_than_allowed_is_not_right() -> None:
    case = replace(CASE, outcomes=(Outcome.NOT_COVERED,))
    assert not score(case, ANSWER).right


def test_a_sentence_without_quote_is_not_verbatim() -> None:
    assert not score(CASE, ANSWER).verbatim


def test_refusing_an_answerable_case_is_over_refusal_and_not_wrong() -> None:
    case = replace(CASE, outcomes=(Outcome.ANSWERED,))
    refused = score(case, replace(ANSWER, outcome=Outcome.NOT_COVERED, text="framgår inte"))
    shares = figures((refused,))
    assert shares["over_refusal"] == 1
    assert shares["wrong"] == 0


@pytest.mark.parametrize("suite", sorted(SUITES.glob("*.jsonl")), ids=lambda path: path.stem)
def test_every_suite_loads_and_asks_every_question_once(suite: Path) -> None:
    cases = load_cases(suite)
    asked = [(case.question, case.history) for case in cases]
    assert len(set(asked)) == len(asked) > 0


def test_a_malformed_case_is_named_by_file_and_line(tmp_path: Path) -> None:
    path = tmp_path / "s.jsonl"
    path.write_text(json.dumps({"id": "a", "question": "?", "okänd": 1}), encoding="utf-8")
    with pytest.raises(VagvisarenError, match=r"s\.jsonl, line 1.*okänd"):
        load_cases(path)
