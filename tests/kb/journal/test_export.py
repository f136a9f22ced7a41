"""An extract holds what was asked for, reads well, and can do no harm where it is opened."""

import csv
import io
import json
import re
import time
from datetime import date, datetime
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

import lxml.html  # type: ignore[import-untyped]
import pytest

from kb.journal.events import note_feedback, note_reading, note_sign_in
from kb.journal.export import EVENTS, Export, export_csv, export_json, harmless, shown, take_out
from kb.journal.export_html import FIELDS, export_html
from kb.journal.queries import Wanted
from kb.journal.records import Actor, Feedback, Reading, SignIn
from kb.journal.store import Journal
from kb.journal.tables import SEALED
from kb.records import Outcome
from tests.kb.journal.made import ASKER, REGISTRAR, START, add_turn, citation, later

EVERYTHING = Wanted()
HOSTILE = '<script>alert(1)</script><img src="https://example.org/x">'


def taken(journal: Journal, wanted: Wanted = EVERYTHING, **options: Any) -> Export:
    with journal.looking() as connection:
        return take_out(connection, wanted, by="registrator", now=later(1), **options)


def test_json_holds_turns_with_sources_and_feedback_and_no_salt(journal: Journal) -> None:
    turn = add_turn(journal)
    note_feedback(journal, Feedback(turn, useful=True, comment="Bra"), actor=ASKER, now=START)
    text = export_json(taken(journal, Wanted(user="u1001")))
    data = json.loads(text)
    assert data["extract"]["wanted"] == "användare u1001"
    (found,) = data["turns"]
    assert found["citations"][0]["quote"] == "Du får inte dela ditt lösenord."
    assert found["feedback"][0]["comment"] == "Bra"
    assert "salt" not in text


def test_html_is_a_page_in_swedish_without_script_or_outside_address(journal: Journal) -> None:
    add_turn(journal, question=HOSTILE, text=HOSTILE, citations=(citation(title=HOSTILE),))
    html = export_html(taken(journal))
    page = lxml.html.document_fromstring(html)
    assert page.get("lang") == "sv"
    assert page.findtext(".//title") == "Utdrag ur Vägvisarens journal"
    assert not page.xpath("//script | //img | //link | //iframe | //@src | //@onerror")
    assert all(link.startswith("#") for link in page.xpath("//@href"))
    assert HOSTILE in page.text_content()


def test_html_has_headings_in_order_and_names_every_article(journal: Journal) -> None:
    add_turn(journal)
    add_turn(journal, outcome=Outcome.REDACT_FIRST, personal_data=("personnummer",))
    page = lxml.html.document_fromstring(export_html(taken(journal)))
    levels = [int(heading.tag[1]) for heading in page.xpath("//h1|//h2|//h3|//h4")]
    assert levels[0] == 1
    assert all(next_ - before <= 1 for before, next_ in pairwise(levels))
    for article in page.xpath("//article"):
        assert page.get_element_by_id(article.get("aria-labelledby")) is not None
    assert "Inte sparad. Funna slag: personnummer." in page.text_content()


def test_everything_adds_who_read_the_journal(journal: Journal) -> None:
    with journal.writing() as connection:
        reading = Reading("journal export json", "allt", 0)
        note_reading(connection, reading, actor=REGISTRAR, now=START)
    export = taken(journal, everything=True)
    assert [row["command"] for row in export.events["reading"]] == ["journal export json"]
    assert "Läsningar av journalen" in export_html(export)
    assert taken(journal).events == {}


def test_names_can_be_numbers_that_hold_through_the_extract(journal: Journal) -> None:
    first = add_turn(journal)
    add_turn(journal, actor=Actor(user="u1002", session="s2"), at=later(0.1))
    note_feedback(journal, Feedback(first, useful=True), actor=ASKER, now=START)
    text = export_json(taken(journal, hide_names=True))
    data = json.loads(text)
    assert [turn["actor"] for turn in data["turns"]] == ["person 1", "person 2"]
    assert data["turns"][0]["feedback"][0]["actor"] == "person 1"
    assert "u1001" not in text
    assert "u1002" not in text


def test_hidden_names_stand_neither_in_the_heading_nor_in_what_was_read(journal: Journal) -> None:
    add_turn(journal)
    with journal.writing() as connection:
        reading = Reading("journal export html", "användare u1001; sökord Hemlig", 1)
        note_reading(connection, reading, actor=REGISTRAR, now=START)
        note_reading(connection, reading, actor=ASKER, now=START)
    wanted = Wanted(user="u1001", session="s1")
    export = taken(journal, wanted, everything=True, hide_names=True)
    assert export.wanted == "användare person 1; samtal samtal 1"
    assert len(export.events["reading"]) == 1
    for text in (export_json(export), export_html(export), export_csv(export)):
        assert not re.search(r"\b(u1001|s1|Hemlig)\b", text)


def test_what_is_wanted_narrows_the_events_too(journal: Journal) -> None:
    other = Actor(user="u1002", session="s2")
    for actor in (ASKER, other):
        note_sign_in(journal, SignIn("refused", f"skäl {actor.user}"), actor=actor, now=START)

    def actors(**wanted: str) -> list[str]:
        events = taken(journal, Wanted(**wanted), everything=True).events  # type: ignore[arg-type]
        return [row["actor"] for row in events["sign_in"]]

    assert actors() == ["u1001", "u1002"]
    assert actors(session="s2") == ["u1002"]
    assert actors(search="SKÄL U1001") == ["u1001"]


def test_every_column_of_an_event_has_a_swedish_name() -> None:
    columns = {column.name for kind in EVENTS for column in SEALED[kind].columns}
    assert {*shown(dict.fromkeys(columns))} - {"at"} == FIELDS.keys()


def test_events_are_read_in_swedish(journal: Journal) -> None:
    note_sign_in(journal, SignIn("out"), actor=ASKER, now=START)
    page = lxml.html.document_fromstring(export_html(taken(journal, everything=True)))
    fields = [one.text for one in page.xpath("//h2[.='Inloggningar']/following::article[1]//dt")]
    values = [one.text for one in page.xpath("//h2[.='Inloggningar']/following::article[1]//dd")]
    assert fields[1:] == ["Vem", "Roll", "Kanal", "Samtal", "Händelse"]
    assert values[1:] == ["u1001", "läsare", "web", "s1", "utloggad"]


@pytest.mark.parametrize("zone", ["Europe/Stockholm", "UTC"])
def test_a_time_is_told_in_the_machines_own_zone_which_is_named(
    journal: Journal, monkeypatch: pytest.MonkeyPatch, zone: str
) -> None:
    late = datetime(2026, 11, 30, 23, 30, tzinfo=ZoneInfo(zone))
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        add_turn(journal, at=late)
        november = Wanted(since=date(2026, 11, 30), until=date(2026, 11, 30))
        export = taken(journal, november)
        (_, row) = csv.reader(io.StringIO(export_csv(export)), delimiter=";")
        assert row[1] == "2026-11-30 23:30:00"
        assert row[4] == "besvarad"
        assert f"({late:%Z}, UTC{late:%z})" in export_html(export)
    finally:
        monkeypatch.undo()
        time.tzset()


@pytest.mark.parametrize("cell", ["=1+1", "+46", "-2", "@SUM(A1)", "\t=1", " =1", "\r=1"])
def test_no_cell_of_the_csv_is_a_formula(journal: Journal, cell: str) -> None:
    add_turn(journal, question=cell, actor=Actor(user=cell))
    rows = list(csv.reader(io.StringIO(export_csv(taken(journal))[1:]), delimiter=";"))
    for kept in (rows[1][5], rows[1][2]):
        assert kept.startswith("'")
        assert kept.replace("'", "") == cell


def test_an_ordinary_cell_is_left_alone() -> None:
    assert harmless("Får jag dela?") == "Får jag dela?"


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_no_cell_is_a_formula_whatever_parts_the_cells(journal: Journal, delimiter: str) -> None:
    add_turn(journal, question="Hej,=1+1\n=2+2\n- 3+3\t@SUM(A1),＝4")
    text = export_csv(taken(journal))[1:]
    cells = [cell for row in csv.reader(io.StringIO(text), delimiter=delimiter) for cell in row]
    assert not [cell for cell in cells if cell.lstrip().startswith(tuple("=+-@＝"))]
