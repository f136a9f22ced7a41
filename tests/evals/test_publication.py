"""The publish gate judges the library as it would become, and leaves what answers alone."""

from dataclasses import replace
from pathlib import Path

import pytest

from evals.cases import Case
from evals.policy import Policy
from evals.publication import judge
from evals.suites import Suite
from ingest.document import Document, FrontMatter, Status
from kb.council.gate import Candidate, Verdict, candidate
from kb.index.storage import manifest_path
from kb.library import load_library
from kb.records import Outcome
from kb.settings import Settings
from tests.evals.small_library import TODAY, make_small

POLICY = Policy(as_of=TODAY, hard=("verbatim", "in_force"))
RULE = Case(
    id="losenord", question="Får jag ge AI mitt lösenord?", gold=("losenord#dela",),
    must=("får inte",), outcomes=(Outcome.ANSWERED,), critical=True,
)  # fmt: skip
STRANGE = replace(RULE, id="annat", gold=("finns-inte#alls",))

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory, models: Path) -> Settings:
    return make_small(tmp_path_factory.mktemp("publication"), models)


def published(settings: Settings, **changed: str) -> Candidate:
    """Return the library with the rule about passwords changed, or a new Document added."""
    library = load_library(settings.library)
    old = next(document for document in library.documents if document.front.id == "losenord")
    body = old.body
    for was, becomes in changed.items():
        body = body.replace(was.replace("_", " "), becomes)
    return candidate(library, replace(old, body=body))


def judged(settings: Settings, proposed: Candidate, *cases: Case) -> Verdict:
    suite = Suite("t", cases, "sha256:t")
    return judge(proposed, settings=settings, policy=POLICY, suites=(suite,))


def test_a_rule_turned_round_is_not_published(settings: Settings) -> None:
    proposed = published(settings, FÅR_INTE="FÅR", får_inte="får")
    verdict = judged(settings, proposed, RULE)
    assert not verdict.passed
    assert "KRITISKT t/losenord" in verdict.summary
    assert "Du får inte dela" in verdict.summary  # what is answered now


def test_a_harmless_change_is_published(settings: Settings) -> None:
    verdict = judged(settings, published(settings, AI="någon AI"), RULE)
    assert verdict.passed
    assert "1 testfall prövade" in verdict.summary


def test_what_no_case_speaks_of_is_published_with_a_warning(settings: Settings) -> None:
    front = FrontMatter(id="ny", title="Nytt", status=Status.PUBLISHED)
    proposed = candidate(load_library(settings.library), Document(front, "Nytt i dag.\n"))
    verdict = judged(settings, proposed, STRANGE)
    assert verdict.passed
    assert "inget vaktar" in verdict.summary


def test_nothing_that_answers_is_touched(settings: Settings) -> None:
    before = manifest_path(settings.data).read_bytes()
    judged(settings, published(settings, får_inte="får"), RULE)
    assert manifest_path(settings.data).read_bytes() == before
    assert not list(settings.data.glob("kandidat-*"))
