from pathlib import Path

import pytest

from ingest.errors import VagvisarenError
from kb.check.finding import Severity
from kb.check.run import check_library
from tests.kb.check.made_library import RULE, TODAY, asked, write

SHIPPED = Path(__file__).parents[3] / "guidance"


def test_the_shipped_guidance_has_no_errors() -> None:
    report = check_library(SHIPPED, today=TODAY)
    errors = [finding for finding in report.findings if finding.severity is Severity.ERROR]
    assert (errors, report.documents >= 46) == ([], True)


def test_findings_come_in_order_of_file_and_line(tmp_path: Path) -> None:
    write(tmp_path, f"## Två\n\n{RULE}\n\n## Tre {{#c norm='KAN'}}\n\n{RULE}", id="b")
    write(tmp_path, f"## Ett\n\n{RULE}", id="a")
    places = [(f.file, f.line) for f in check_library(tmp_path, today=TODAY).findings]
    assert places == sorted(places)
    assert {file for file, _ in places} == {"a.md", "b.md"}


def test_a_file_that_is_no_document_is_reported_beside_the_others(tmp_path: Path) -> None:
    (tmp_path / "trasig.md").write_text("ingen rubrik", encoding="utf-8")
    write(tmp_path, f"## Ett {{#a}}\n\n{RULE}", more=asked("a"))
    report = check_library(tmp_path, today=TODAY)
    assert report.documents == 1
    assert [(f.file, f.line) for f in report.findings] == [("trasig.md", 1)]


def test_a_missing_library_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(VagvisarenError, match="--library"):
        check_library(tmp_path / "saknas", today=TODAY)
