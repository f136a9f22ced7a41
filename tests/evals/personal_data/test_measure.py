import logging

import pytest

from evals.cases import Case
from evals.personal_data.__main__ import report
from evals.personal_data.eavesdrop import Ear, listening
from evals.personal_data.lookalikes import LOOKALIKES, lookalikes
from evals.personal_data.measure import Met, false_alarms, meet, recall_by_form, total
from kb.guide import open_guide
from kb.records import Outcome
from kb.settings import Settings
from tests.evals.small_library import TODAY

_TURNED_BACK = (Outcome.REDACT_FIRST,)


def test_every_record_is_heard_with_its_arguments() -> None:
    ear = Ear()
    with listening(ear):
        logging.getLogger("vagvisaren.test").debug("asked %s", "900101-2385")
    assert "900101-2385" in ear.take()["log"]
    assert ear.take()["log"] == ""


def test_lookalikes_are_the_same_for_the_same_seed() -> None:
    assert list(lookalikes(each=3, seed=1)) == list(lookalikes(each=3, seed=1))
    assert len(list(lookalikes(each=3, seed=1))) == 3 * len(LOOKALIKES)


def test_the_measured_forms_are_all_found() -> None:
    shares = {one.name: one for one in recall_by_form(today=TODAY)}
    assert shares["tankstreck"].found == shares["tankstreck"].n
    assert shares["parentes"].found == 0  # a bare one is not told from a date and a year


@pytest.mark.slow
def test_false_alarms_stay_below_three_in_a_hundred() -> None:
    every = total("alla", false_alarms(today=TODAY))
    assert every.n == 9_000
    assert every.found / every.n < 0.03


def test_the_report_names_what_came_out() -> None:
    case = Case("p-1", "900101-2385", "personal_number", outcomes=(Outcome.REDACT_FIRST,))
    fine = Case("n-1", "dnr 1", "lookalike", outcomes=(Outcome.ANSWERED,))
    met = (Met(case, Outcome.ANSWERED, ("question", "log")), Met(fine, Outcome.ANSWERED, ()))
    lines = list(report(met, today=TODAY))
    assert "- p-1: answered; came out in question, log" in lines
    assert not any(line.startswith("- n-1") for line in lines)


def test_a_number_is_heard_nowhere_and_a_slip_is_told(small: Settings) -> None:
    positive = Case("p", "Får jag ge AI 900101-2385?", "personal_number", outcomes=_TURNED_BACK)
    bare = Case("b", "Får jag ge AI (900101) 2385?", "harder_number", outcomes=_TURNED_BACK)
    guide = open_guide(small, use_chroma=False)
    met = meet(guide, [positive, bare], as_of=TODAY)
    guide.close()
    assert met[0].right
    assert met[1].exposed == ("question", "model", "error")
