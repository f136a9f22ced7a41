from pathlib import Path

import pytest

from kb.check.finding import Name, Severity
from tests.kb.check.made_library import found, write


@pytest.mark.parametrize(
    "text",
    [
        "Numret 199001012385 är hens.",
        "Ring 070-174 06 05.",
        "Ring +46 40 628 04 00.",
        "a.b@malmo.se",
    ],
)
def test_what_belongs_to_a_person_is_an_error_on_its_line(tmp_path: Path, text: str) -> None:
    write(tmp_path, f"## Ett {{#a}}\n\n{text}")
    (finding,) = found(tmp_path, Name.PERSONAL_DATA)
    assert (finding.line, finding.severity) == (13, Severity.ERROR)


@pytest.mark.parametrize(
    "text",
    [
        "Ring växeln, 040-34 10 00, eller +46 40 34 10 00.",
        "Ring 112.",
        "Lagen (2018:1937) och förordning (EU) 2016/679.",
        "STK-2024-629, IMY-2026-6527, 212000-1124 och 205 80 Malmö.",
        "Den 1 juli 2026, 12 000–13 000 kronor.",
    ],
)
def test_the_switchboard_laws_and_numbers_of_cases_are_no_personal_data(
    tmp_path: Path, text: str
) -> None:
    write(tmp_path, f"## Ett {{#a}}\n\n{text}")
    assert not found(tmp_path, Name.PERSONAL_DATA)


def test_the_questions_of_the_header_are_looked_at_too(tmp_path: Path) -> None:
    more = 'questions:\n  a: ["Får jag mejla a.b@malmo.se?"]\n'
    write(tmp_path, "## Ett {#a}\n\nText.", more=more)
    (finding,) = found(tmp_path, Name.PERSONAL_DATA)
    assert finding.line == 10


def test_an_address_in_a_converted_original_is_a_warning(tmp_path: Path) -> None:
    write(tmp_path, "## Ett\n\na.b@malmo.se", more="original: originals/x.pdf\n")
    (finding,) = found(tmp_path, Name.PERSONAL_DATA)
    assert finding.severity is Severity.WARNING
