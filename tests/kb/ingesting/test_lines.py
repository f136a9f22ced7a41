from pathlib import Path

from ingest.document import Document, FrontMatter
from ingest.intake.folders import Missing
from ingest.intake.taken import FileOutcome, Taken
from kb.ingesting.lines import count_line, file_lines, missing_line, preview_lines, summary_line
from tests.ingest.taking_in import TODAY


def test_counts_agree_with_their_nouns_and_nothing_is_not_counted() -> None:
    assert count_line({"refused": 1, "added": 2, "changed": 0}) == "2 tillagda, 1 avvisad"


def test_the_summary_has_time_and_rate() -> None:
    assert summary_line({"added": 3}, 2.0) == "3 tillagda (2,0 s, 1,5 filer/s)"


def test_a_refused_file_says_why_in_a_preview_too() -> None:
    refused = Taken(Path("a.xls"), FileOutcome("a.xls", "refused", reason="Spara som PDF."))
    assert preview_lines(refused, today=TODAY) == "avvisad: a.xls (Spara som PDF.)"


def test_warnings_stand_under_their_file() -> None:
    outcome = FileOutcome("a.pdf", "added", "a", warnings=("Ett.", "Två."))
    assert file_lines(Taken(Path("a.pdf"), outcome)) == (
        "tillagd: a.pdf\n  varning: Ett.\n  varning: Två."
    )


def test_a_missing_original_says_what_to_do() -> None:
    line = missing_line(Missing("plan.pdf", Document(FrontMatter(id="plan", title="Plan"), "")))
    assert "plan.pdf" in line
    assert "plan@1" in line
    assert "withdrawn" in line
