from dataclasses import replace
from pathlib import Path

from ingest.document import Document, FrontMatter
from ingest.intake.taken import FileOutcome, Taken
from ingest.metadata.proposals import Proposal
from kb.ingesting.found import document_text, found_values
from tests.ingest.taking_in import TODAY

DOCUMENT = Document(
    FrontMatter(id="plan", title="Plan", dnr="STK-1", original_digest="sha256:a9001012385b"),
    "Inledning.\n\n<!-- sida 2 -->\n\nDnr STK-2 gäller.\n",
)
OUTCOME = FileOutcome("plan.pdf", "added", "plan")


def taken(*proposals: Proposal) -> Taken:
    return Taken(Path("plan.pdf"), OUTCOME, DOCUMENT, proposals=proposals)


def test_a_proposal_stands_beside_what_the_header_says_with_its_place() -> None:
    (value,) = found_values(
        taken(Proposal("dnr", "STK-2", "texten", "Dnr STK-2 gäller.", 2)), today=TODAY
    )
    lines = document_text(DOCUMENT, today=TODAY).splitlines()
    assert (value.label, value.value, value.stands) == ("diarienummer", "STK-2", "STK-1")
    assert value.where == f"s. 2, rad {lines.index('Dnr STK-2 gäller.') + 1}"


def test_a_proposal_from_outside_the_text_has_no_line() -> None:
    margin, name = (
        Proposal("dnr", "STK-2", "sidhuvud eller sidfot", "Malmö stad STK-2"),
        Proposal("title", "plan", "filnamnet", ""),
    )
    assert [value.where for value in found_values(taken(margin, name), today=TODAY)] == ["", ""]


def test_what_the_header_has_no_key_for_stands_nowhere() -> None:
    dated = Proposal("dated", "2026-01-01", "texten")
    assert found_values(taken(dated), today=TODAY)[0].stands == ""


def test_no_personal_number_is_shown_and_the_digest_stays() -> None:
    numbered = replace(DOCUMENT, body="Gäller 19900101-2385.")
    text = document_text(numbered, today=TODAY)
    assert "••••••••-••••" in text
    assert "sha256:a9001012385b" in text
