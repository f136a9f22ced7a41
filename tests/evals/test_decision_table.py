"""The shipped decision table and the shipped library fit together."""

from pathlib import Path

from ingest.alarm_table import AlarmTable
from ingest.decision_table import DecisionTable, Verdict
from ingest.document import Norm, Passage
from ingest.passages import split
from ingest.tables import parse_table
from kb.answer.ruled import is_named
from kb.answer.units import units_of
from kb.library import load_library

LIBRARY = Path(__file__).parents[2] / "guidance"
NORM = {Verdict.NO: Norm.MUST_NOT, Verdict.YES: Norm.MAY, Verdict.ONLY_IF: Norm.MAY_IF}


def shipped() -> tuple[DecisionTable, dict[str, Passage]]:
    library = load_library(LIBRARY)
    passages = {
        f"{passage.document_id}#{passage.anchor}": passage
        for document in library.documents
        for passage in split(document)
    }
    name = "verktyg-och-information.yaml"
    table = parse_table(library.tables[name], name=name)
    assert isinstance(table, DecisionTable)
    return table, passages


def test_every_section_the_table_leans_on_is_there() -> None:
    table, passages = shipped()
    assert not [place for place in table.sections() if place[1] not in passages]


def test_every_alarm_leads_to_a_section() -> None:
    table = parse_table(load_library(LIBRARY).tables["akut.yaml"], name="akut.yaml")
    _, passages = shipped()
    assert isinstance(table, AlarmTable)
    assert not [alarm.section for alarm in table.alarms if alarm.section not in passages]


def test_the_rule_that_decides_has_the_norm_of_the_verdict() -> None:
    table, passages = shipped()
    for place, ruling in table.cells():
        assert passages[ruling.rules[0]].norm is NORM[ruling.verdict], place


def test_every_condition_stands_in_the_rules_of_its_cell() -> None:
    table, passages = shipped()
    for place, ruling in table.cells():
        units = [unit for rule in ruling.rules for unit in units_of(passages[rule])]
        for condition in ruling.conditions:
            assert any(is_named(unit, [condition]) for unit in units), (place, condition)
