from datetime import date
from pathlib import Path

from kb.check.finding import Name, Severity
from tests.kb.check.made_library import RULE, found, write

BODY = f"## Regel {{#a}}\n\n{RULE}"


def test_a_document_in_order_gives_no_finding(tmp_path: Path) -> None:
    write(tmp_path, BODY)
    assert not found(tmp_path, Name.FRONT_MATTER) + found(tmp_path, Name.REVIEW)


def test_a_malformed_header_is_an_error_on_its_line(tmp_path: Path) -> None:
    write(tmp_path, BODY, more="kind: påhitt\n")
    (finding,) = found(tmp_path, Name.FRONT_MATTER)
    assert (finding.file, finding.line, finding.severity) == ("regler.md", 9, Severity.ERROR)
    assert finding.what.startswith("kind: 'påhitt' är okänt. Skriv något av")


def test_a_published_document_without_sources_is_an_error(tmp_path: Path) -> None:
    path = write(tmp_path, BODY)
    path.write_text(path.read_text(encoding="utf-8").replace("sources", "#"), encoding="utf-8")
    (finding,) = found(tmp_path, Name.FRONT_MATTER)
    assert (finding.severity, "sources" in finding.what) == (Severity.ERROR, True)


def test_a_file_named_otherwise_than_its_id_is_a_warning(tmp_path: Path) -> None:
    write(tmp_path, BODY).rename(tmp_path / "annat.md")
    (finding,) = found(tmp_path, Name.FRONT_MATTER)
    assert (finding.file, finding.line, finding.severity) == ("annat.md", 2, Severity.WARNING)


def test_a_review_is_overdue_the_day_after(tmp_path: Path) -> None:
    write(tmp_path, BODY)
    assert not found(tmp_path, Name.REVIEW, today=date(2027, 5, 1))
    (finding,) = found(tmp_path, Name.REVIEW, today=date(2027, 5, 2))
    assert (finding.line, finding.severity) == (7, Severity.WARNING)


def test_a_draft_may_be_overdue(tmp_path: Path) -> None:
    path = write(tmp_path, BODY)
    path.write_text(path.read_text(encoding="utf-8").replace("published", "draft"), "utf-8")
    assert not found(tmp_path, Name.REVIEW, today=date(2030, 1, 1))


def test_a_replaced_edition_must_exist(tmp_path: Path) -> None:
    write(tmp_path, BODY, more="supersedes: gamla@3\n")
    (finding,) = found(tmp_path, Name.REFERENCE)
    assert (finding.line, "gamla@3" in finding.what) == (9, True)
    write(tmp_path, BODY, id="gamla")
    (finding,) = found(tmp_path, Name.REFERENCE)
    assert "finns: gamla@1" in finding.what
