from pathlib import Path

import pytest

from kb.check.finding import Name, Severity
from kb.check.limits import shipped_limits
from tests.kb.check.made_library import found, write

EASY = "Du får be om råd. Det är bra att fråga. "
OFFICIAL = (
    "Förvaltningens informationssäkerhetssamordnare kontrollerar regelbundet den inköpta "
    "tjänstens behörigheter och loggar samt rapporterar väsentliga avvikelser till nämnden. "
)
WORDS = "Ta bort namn och datum ur texten innan du frågar. Läs den en gång till. Be sedan chefen "
LONG = WORDS + "eller en kollega om hjälp med det som är svårt, och skriv ned vad ni kom fram till."


@pytest.mark.parametrize(
    ("text", "severities"),
    [(EASY * 12, []), (OFFICIAL * 8, [Severity.ERROR]), (OFFICIAL, [])],
)
def test_a_document_that_is_hard_to_read_is_reported(
    tmp_path: Path, text: str, severities: list[Severity]
) -> None:
    write(tmp_path, f"## Ett {{#a}}\n\n{text}")
    assert [finding.severity for finding in found(tmp_path, Name.READABILITY)] == severities


def test_between_the_bounds_it_is_a_warning(tmp_path: Path) -> None:
    write(tmp_path, f"## Ett {{#a}}\n\n{(OFFICIAL + EASY) * 8}")
    (finding,) = found(tmp_path, Name.READABILITY)
    assert finding.severity is Severity.WARNING
    assert f"(högst {shipped_limits().lix.warning})" in finding.what


def test_sections_that_say_nearly_the_same_are_a_warning_that_names_the_other(
    tmp_path: Path,
) -> None:
    write(tmp_path, f"## Ett {{#a}}\n\n{LONG}", id="ett")
    write(tmp_path, f"## Två {{#b}}\n\n{LONG.replace('kollega', 'granne')}", id="tva")
    (finding,) = found(tmp_path, Name.DUPLICATE)
    assert (finding.file, "ett#a" in finding.what) == ("tva.md", True)


def test_sections_of_different_years_may_be_alike(tmp_path: Path) -> None:
    write(tmp_path, f"## Ett {{#a}}\n\n{LONG}", id="ett", more="year: 2025\n")
    write(tmp_path, f"## Två {{#b}}\n\n{LONG}", id="tva", more="year: 2026\n")
    assert not found(tmp_path, Name.DUPLICATE)


def test_a_shared_sentence_is_no_duplicate(tmp_path: Path) -> None:
    other = "Ring växeln och fråga efter registratorn när någon vill läsa en handling. "
    write(tmp_path, f"## Ett {{#a}}\n\n{LONG}", id="ett")
    write(tmp_path, f"## Två {{#b}}\n\n{WORDS}ringa. {other * 2}", id="tva")
    assert not found(tmp_path, Name.DUPLICATE)
