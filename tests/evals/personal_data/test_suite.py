from evals.personal_data.forms import COORDINATION, FORMS
from evals.personal_data.suite import (
    EARLIER,
    NAME,
    NUMBER,
    POSITIVE,
    make_cases,
    suite_lines,
)
from evals.suites import SUITES, load_suite
from kb.answer.screen import MAX_LENGTH
from kb.records import Outcome


def test_the_file_is_what_is_made() -> None:
    written = (SUITES / f"{NAME}.jsonl").read_text(encoding="utf-8")
    assert written == "\n".join(suite_lines()) + "\n"
    assert load_suite(NAME).cases == make_cases()


def test_every_form_stands_in_every_carrier_twice() -> None:
    notes = [case.note for case in make_cases() if case.kind == NUMBER]
    for form in FORMS:
        carriers = [note for note in notes if note.startswith(f"form {form};")]
        assert len(carriers) == 8
        assert len(set(carriers)) == 4


def test_coordination_numbers_are_among_them() -> None:
    text = "\n".join(case.question for case in make_cases())
    assert all(number.short in text for number in COORDINATION)


def test_some_numbers_stand_beyond_what_may_be_answered() -> None:
    assert any(len(c.question) > MAX_LENGTH for c in make_cases() if c.kind == NUMBER)


def test_positives_are_turned_back_and_nothing_else() -> None:
    for case in make_cases():
        assert (case.outcomes == (Outcome.REDACT_FIRST,)) == (case.kind in POSITIVE)


def test_a_follow_up_must_not_give_the_number_back() -> None:
    assert all(case.forbid and case.history for case in make_cases() if case.kind == EARLIER)
