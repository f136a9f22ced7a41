from pathlib import Path

import pytest

from kb.check.finding import Name, Severity
from tests.kb.check.made_library import RULE, asked, found, write


def test_an_anchor_written_twice_is_an_error_that_names_the_first_line(tmp_path: Path) -> None:
    write(tmp_path, f"## Ett {{#a}}\n\n{RULE}\n\n## Två {{#a}}\n\n{RULE}")
    (finding,) = found(tmp_path, Name.ANCHOR)
    assert (finding.line, finding.severity) == (15, Severity.ERROR)
    assert "rad 11" in finding.what


def test_a_heading_without_an_anchor_is_a_warning_with_the_anchor_to_write(tmp_path: Path) -> None:
    write(tmp_path, f"## Får jag?\n\n{RULE}")
    (finding,) = found(tmp_path, Name.ANCHOR)
    assert (finding.severity, "{#far-jag}" in finding.remedy) == (Severity.WARNING, True)


def test_questions_of_a_section_that_is_gone_are_an_error_on_their_line(tmp_path: Path) -> None:
    write(tmp_path, f"## Ett {{#a}}\n\n{RULE}", more=asked("a", "borta"))
    (finding,) = found(tmp_path, Name.REFERENCE)
    assert (finding.line, finding.severity) == (11, Severity.ERROR)
    assert finding.remedy == "Skriv ett av dokumentets ankare: a."


@pytest.mark.parametrize(
    "target",
    ["#a", "annan.md", "annan.md#b", "annan#b", "/avsnitt/annan/1/b", "https://digg.se/ai"],
)
def test_a_link_that_leads_somewhere_is_in_order(tmp_path: Path, target: str) -> None:
    write(tmp_path, f"## Ett {{#a}}\n\nSe [här]({target}).")
    write(tmp_path, f"## Två {{#b}}\n\n{RULE}", id="annan")
    assert not found(tmp_path, Name.REFERENCE)


@pytest.mark.parametrize(
    "target", ["#b", "borta.md", "annan.md#a", "/avsnitt/annan/2/b", "/avsnitt/annan/1/a"]
)
def test_a_link_that_leads_nowhere_is_an_error(tmp_path: Path, target: str) -> None:
    write(tmp_path, f"## Ett {{#a}}\n\nSe [här]({target}).")
    write(tmp_path, f"## Två {{#b}}\n\n{RULE}", id="annan")
    (finding,) = found(tmp_path, Name.REFERENCE)
    assert (finding.file, finding.line, finding.severity) == ("regler.md", 13, Severity.ERROR)
