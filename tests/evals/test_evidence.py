from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from evals.evidence import Witness
from evals.records import Evidence
from ingest.document import Document, FrontMatter, Kind, Status
from ingest.library.passages import split
from kb.records import Citation
from kb.validity import Standing
from tests.evals.made import TODAY, answer, citation

BODY = "## Personnummer {#personnummer}\n\nDu får inte mata in personnummer. Använd testnummer.\n"
RULES = Document(FrontMatter(id="regler", title="Regler", status=Status.PUBLISHED), BODY)
QUOTED = replace(citation(quote="Du får inte mata in personnummer."), digest=split(RULES)[0].digest)


def examined(cited: Citation, *documents: Document, as_of: date = TODAY) -> Evidence:
    said = answer(citations=(cited,))
    (found,) = Witness(documents or (RULES,)).examine(said, as_of=as_of)
    return found


def test_a_quote_of_the_library_is_borne_out() -> None:
    assert examined(QUOTED) == Evidence(1, True, True, True, True, Standing.IN_FORCE, None)


@pytest.mark.parametrize(
    ("changed", "broken"),
    [
        ({"quote": "Du får mata in personnummer."}, "verbatim"),
        ({"quote": " "}, "verbatim"),
        ({"anchor": "annat"}, "resolves"),
        ({"digest": "sha256:0"}, "same_digest"),
        ({"edition": "2"}, "published"),
    ],
)
def test_what_the_library_does_not_bear_out_is_seen(changed: dict[str, Any], broken: str) -> None:
    assert getattr(examined(replace(QUOTED, **changed)), broken) is False


def test_a_withdrawn_document_is_no_longer_published() -> None:
    withdrawn = replace(RULES, front=replace(RULES.front, status=Status.WITHDRAWN))
    found = examined(QUOTED, withdrawn)
    assert not found.published
    assert found.standing is Standing.WITHDRAWN


def test_the_standing_is_that_of_the_day_asked_for() -> None:
    coming = replace(RULES, front=replace(RULES.front, valid_from=date(2027, 1, 1)))
    assert examined(QUOTED, coming).standing is Standing.COMING
    assert examined(QUOTED, coming, as_of=date(2027, 2, 1)).standing is Standing.IN_FORCE


def test_only_years_of_the_librarys_plans_are_named() -> None:
    plan = FrontMatter(id="plan", title="Plan 2025", kind=Kind.PLAN, year=2025)
    witness = Witness([Document(plan, "Text.")])
    assert witness.named_years("Vad gäller 2025 och 2031?") == (2025,)
    assert witness.named_years("Vad beslutades den 10 september 2025, eller 2025-09-10?") == ()
