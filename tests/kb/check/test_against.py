"""A Document that gives leave to what a rule in force forbids is told to the reviewer."""

from datetime import date
from pathlib import Path

import pytest

from ingest.document import Document, FrontMatter
from kb.check import review as review_module
from kb.check.against import RulesInForce, has_rules, warning_of
from kb.check.review import open_review
from kb.check.statements import Turn
from kb.language.swedish import Analyser, open_analyser
from kb.library import load_library
from kb.settings import Settings
from tests.ingest.library.test_decision_table import SMALL
from tests.kb.check.test_tables import RULES

TODAY = date(2026, 11, 22)
OTHER = """---
id: losenord
title: Lösenord
status: published
questions: {dela: ["Får jag dela mitt lösenord med en kollega?"]}
---

## Lösenord får inte delas med kollegor {#dela norm="FÅR INTE" basis="råd"}

Du får inte dela ditt lösenord.

## Incidenter måste anmälas till chefen {#anmala norm="MÅSTE" basis="råd"}

Du måste anmäla incidenten till chefen.
"""


@pytest.fixture(scope="module")
def analyser() -> Analyser:
    return open_analyser()


@pytest.fixture
def library(tmp_path: Path) -> Path:
    (tmp_path / "tables").mkdir()
    (tmp_path / "tables/t.yaml").write_text(SMALL, encoding="utf-8")
    for name in ("regler", "verktyg"):
        (tmp_path / f"{name}.md").write_text(RULES.format(id=name, ban="FÅR INTE"))
    (tmp_path / "losenord.md").write_text(OTHER, encoding="utf-8")
    return tmp_path


def new(text: str) -> Document:
    return Document(FrontMatter(id="ny", title="Ny rutin"), text)


def found(library: Path, analyser: Analyser, text: str) -> list[tuple[Turn, str]]:
    rules = RulesInForce(load_library(library), analyser, today=TODAY)
    return [(one.turn, one.section) for one in rules.conflicts(new(text))]


@pytest.mark.parametrize(
    ("text", "section"),
    [
        ("Läkarintyg får klistras in i Pratbot.", "regler#kanslig"),
        (
            "Det är tillåtet att klistra in läkarintyg i en öppen tjänst om du vill.",
            "regler#kanslig",
        ),
        ("Läkarintyg får klistras in i AI utan särskild prövning.", "regler#avtalad"),
        ("Alla får dela sitt lösenord med kollegor.", "losenord#dela"),
        ("Incidenter behöver aldrig anmälas till chefen.", "losenord#anmala"),
    ],
)
def test_a_sentence_that_goes_against_a_table_or_a_rule_is_found(
    library: Path, analyser: Analyser, text: str, section: str
) -> None:
    assert [one for _, one in found(library, analyser, text)] == [section]


@pytest.mark.parametrize(
    "text",
    [
        "Läkarintyg får inte klistras in i Pratbot.",
        "Får läkarintyg klistras in i Pratbot?",
        "Pressmeddelanden får klistras in i Pratbot.",
        "En text utan läkarintyg får klistras in i Pratbot.",
        "Läkarintyg får klistras in i ett godkänt verktyg om tjänsten är bedömd.",
        "Läkarintyg får lämnas i receptionen.",
        "Kollegor får dela skåp.",
        "Du måste anmäla incidenten till chefen.",
    ],
)
def test_a_sentence_that_fits_the_rules_is_left_alone(
    library: Path, analyser: Analyser, text: str
) -> None:
    assert found(library, analyser, text) == []


def test_only_what_is_in_force_is_gone_against(library: Path, analyser: Analyser) -> None:
    path = library / "losenord.md"
    path.write_text(OTHER.replace("published", "draft"), encoding="utf-8")
    assert found(library, analyser, "Alla får dela sitt lösenord med kollegor.") == []


def test_a_rule_does_not_go_against_itself(library: Path, analyser: Analyser) -> None:
    documents = load_library(library).documents
    rules = RulesInForce(load_library(library), analyser, today=TODAY)
    assert [one for document in documents for one in rules.conflicts(document)] == []


def test_a_warning_says_where_what_and_which_rule(library: Path, analyser: Analyser) -> None:
    rules = RulesInForce(load_library(library), analyser, today=TODAY)
    text = "## Delning\n\nAlla får dela sitt lösenord med kollegor."
    (conflict,) = rules.conflicts(new(text))
    told = warning_of(conflict)
    assert told.startswith("Under ”Delning”: ”Alla får dela sitt lösenord med kollegor.” tillåter")
    assert "losenord#dela" in told


def test_a_library_without_rules_opens_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(**_: object) -> Analyser:
        raise AssertionError

    monkeypatch.setattr(review_module, "open_analyser", fail)
    settings = Settings(library=tmp_path, data=tmp_path / "data")
    assert not has_rules(load_library(tmp_path))
    assert open_review(settings, today=TODAY)(new("Alla får dela sitt lösenord.")) == ()


def test_a_document_is_reviewed_by_the_library_of_the_settings(
    library: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    settings = Settings(library=library, data=tmp_path_factory.mktemp("data"))
    review = open_review(settings, today=TODAY)
    (told,) = review(new("Alla får dela sitt lösenord med kollegor."))
    assert "losenord#dela" in told
    assert review(new("Alla hämtar posten.")) == ()
