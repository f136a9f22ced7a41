from pathlib import Path

import pytest

from ingest.library.passages import SOFT_LIMIT
from kb.check.finding import Name, Severity
from kb.check.limits import shipped_limits
from kb.check.run import check_library
from tests.kb.check.made_library import RULE, TODAY, asked, found, write

LIMITS = shipped_limits()


@pytest.mark.parametrize(
    ("characters", "severities"),
    [
        (LIMITS.section_characters.warning, []),
        (LIMITS.section_characters.warning + 1, [Severity.WARNING]),
        (LIMITS.section_characters.error + 1, [Severity.ERROR]),
    ],
)
def test_a_section_too_long_to_quote_is_reported(
    tmp_path: Path, characters: int, severities: list[Severity]
) -> None:
    write(tmp_path, f"## Ett {{#a}}\n\n{'a' * characters}")
    assert [finding.severity for finding in found(tmp_path, Name.LENGTH)] == severities


def test_the_longest_section_is_one_that_the_index_keeps_whole() -> None:
    assert LIMITS.section_characters.error == SOFT_LIMIT


def test_an_empty_section_is_an_error_unless_it_has_subsections(tmp_path: Path) -> None:
    write(tmp_path, f"## Ett {{#a}}\n\n### Del {{#b}}\n\n{RULE}\n\n## Tomt {{#c}}")
    (finding,) = found(tmp_path, Name.LENGTH)
    assert (finding.line, finding.severity) == (17, Severity.ERROR)


@pytest.mark.parametrize(("times", "count"), [(2, 1), (3, 0), (8, 0), (9, 1)])
def test_a_section_has_three_to_eight_questions(tmp_path: Path, times: int, count: int) -> None:
    write(tmp_path, f"## Ett {{#a}}\n\n{RULE}", more=asked("a", times=times))
    findings = found(tmp_path, Name.QUESTIONS)
    assert [(f.line, f.severity) for f in findings] == [(10, Severity.WARNING)] * count


def test_a_section_without_questions_is_reported_on_its_heading(tmp_path: Path) -> None:
    write(tmp_path, f"## Ett {{#a}}\n\n{RULE}")
    (finding,) = found(tmp_path, Name.QUESTIONS)
    assert finding.line == 11


def test_a_question_belongs_to_one_section(tmp_path: Path) -> None:
    write(tmp_path, f"## Ett {{#a}}\n\n{RULE}", more=asked("a"))
    write(tmp_path, f"## Två {{#a}}\n\n{RULE}", id="annan", more=asked("a"))
    findings = found(tmp_path, Name.QUESTIONS)
    assert {finding.file for finding in findings} == {"regler.md"}
    assert "hör redan till annan#a" in findings[0].what


def test_a_converted_original_is_kept_as_it_was(tmp_path: Path) -> None:
    more = "original: originals/x.pdf\n"
    write(tmp_path, f"## Ett\n\nNi ska lyda [lagen](lag.md). {'a' * 3000}\n\n## Två", more=more)
    assert not check_library(tmp_path, today=TODAY).findings
