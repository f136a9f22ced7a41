from datetime import date

import pytest

from ingest.errors import TableError
from ingest.library.decision_table import DecisionTable, Verdict
from ingest.library.tables import parse_table

SMALL = """
id: prov
kind: beslutstabell
title: Prov
status: published
edition: "1"
valid_from: 2026-11-01
tools:
  oppen: {name: öppen tjänst, words: [öppen tjänst]}
  avtalad: {name: avtalad tjänst, words: [godkänt verktyg]}
products:
  - {name: Pratbot, words: [pratbot], tool: null}
unassessed: {tool: oppen, note: verktyg#namngiven}
unstated: {words: [ai], stricter: oppen, milder: avtalad}
information:
  kanslig: {name: känsliga uppgifter, words: [läkarintyg]}
  oppen: {name: öppen information, words: [pressmeddelande]}
handling: {enter: [klistra], process: [sammanfatta], use: [använda], into: [i], altered: [påhittad]}
rulings:
  oppen:
    kanslig: {verdict: nej, rules: [regler#kanslig]}
    oppen: {verdict: ja, rules: [regler#oppen]}
  avtalad:
    kanslig: {verdict: bara om, rules: [regler#avtalad], conditions: [Tjänsten är bedömd.]}
    oppen: {verdict: ja, rules: [regler#oppen]}
"""


def small(text: str = SMALL) -> DecisionTable:
    table = parse_table(text, name="t.yaml")
    assert isinstance(table, DecisionTable)
    return table


def test_a_table_gives_a_ruling_for_every_tool_and_information() -> None:
    table = small()
    assert table.rulings["avtalad"]["kanslig"].verdict is Verdict.ONLY_IF
    assert len(list(table.cells())) == 4


@pytest.mark.parametrize(
    ("day", "applies"), [(date(2026, 10, 31), False), (date(2026, 11, 1), True)]
)
def test_a_table_applies_from_its_first_day(day: date, applies: bool) -> None:
    assert small().applies(day) is applies


@pytest.mark.parametrize(
    ("was", "becomes", "says"),
    [
        ("verdict: nej", "verdict: kanske", r"rulings\.oppen\.kanslig\.verdict"),
        ("    oppen: {verdict: ja, rules: [regler#oppen]}\n  avt", "  avt", "saknar oppen"),
        (", conditions: [Tjänsten är bedömd.]", "", "skriv villkoren"),
        ("tool: oppen, note", "tool: okand, note", "finns inte under tools"),
        ("regler#kanslig", "regler", "dokument#anker"),
        ("id: prov", "id: prov\nfel: 1", "fel"),
        ("tools:", "tools: [", "YAML"),
    ],
)
def test_a_hole_is_refused_with_place_and_remedy(was: str, becomes: str, says: str) -> None:
    assert was in SMALL
    with pytest.raises(TableError, match=f"t.yaml: .*{says}"):
        parse_table(SMALL.replace(was, becomes, 1), name="t.yaml")
