from pathlib import Path

import pytest

from kb.check.finding import Name, Severity
from kb.check.laws import refers
from tests.kb.check.made_library import found, write


def test_a_law_that_no_source_names_is_reported_once(tmp_path: Path) -> None:
    said = "Det följer av 28 § förvaltningslagen."
    write(tmp_path, f"## Ett {{#a}}\n\n{said}\n\n## Två {{#b}}\n\n{said}")
    (finding,) = found(tmp_path, Name.LAW)
    assert (finding.line, finding.severity) == (11, Severity.ERROR)
    assert finding.what == "förvaltningslagen anges i #a men står inte bland sources."


@pytest.mark.parametrize("name", ["dataskyddsförordningen", "GDPR", "dataskyddsförordningens"])
def test_a_source_covers_every_name_of_its_law(tmp_path: Path, name: str) -> None:
    write(tmp_path, f"## Ett {{#a}}\n\nDet följer av artikel 28 i {name}.")
    assert not found(tmp_path, Name.LAW)


def test_a_law_that_is_only_mentioned_needs_no_source(tmp_path: Path) -> None:
    write(tmp_path, "## Ett {#a}\n\nFörvaltningslagen gäller också.")
    assert not found(tmp_path, Name.LAW)


def test_a_paragraph_of_no_law_is_a_warning(tmp_path: Path) -> None:
    write(tmp_path, "## Ett {#a}\n\nDet följer av 28 §.")
    (finding,) = found(tmp_path, Name.LAW)
    assert (finding.severity, "inte vilken lag" in finding.what) == (Severity.WARNING, True)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Du får inte dela lösenord.", 1),
        ("Dataskyddsförordningen gäller.", 1),
        ("Det följer av artikel 28 i dataskyddsförordningen.", 0),
        ("Det följer av säkerhetsskyddslagen (2018:585).", 0),
        ("Det följer av föreskriften MCFFS 2026:11.", 0),
    ],
)
def test_a_rule_of_law_says_where_in_which_law(tmp_path: Path, text: str, count: int) -> None:
    write(tmp_path, f'## Regel {{#a norm="FÅR INTE" basis="lag"}}\n\n{text}')
    assert len(found(tmp_path, Name.LAW)) == count


@pytest.mark.parametrize(
    "text",
    ["6 kap. 37 §", "15 och 16 §§", "7 a §", "artikel 50.4", "artiklarna 6 och 28", "bilaga III"],
)
def test_a_place_in_a_law_is_seen(text: str) -> None:
    assert refers(text)


@pytest.mark.parametrize(
    "text", ["KF 2021-03-31 § 100", "den 18 juni 2024, § 58", "240618 § 58", "tre paragrafer"]
)
def test_a_decision_is_no_law(text: str) -> None:
    assert not refers(text)
