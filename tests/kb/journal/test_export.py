"""An extract holds what was asked for, reads well, and can do no harm where it is opened."""

import csv
import io
import json
from itertools import pairwise
from typing import Any

import lxml.html  # type: ignore[import-untyped]
import pytest

from kb.journal.events import note_feedback, note_reading
from kb.journal.export import Export, export_csv, export_json, harmless, take_out
from kb.journal.export_html import export_html
from kb.journal.queries import Wanted
from kb.journal.records import Actor, Feedback, Reading
from kb.journal.store import Journal
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


@pytest.mark.parametrize("cell", ["=1+1", "+46", "-2", "@SUM(A1)", "\t=1", " =1", "\r=1"])
def test_no_cell_of_the_csv_is_a_formula(journal: Journal, cell: str) -> None:
    add_turn(journal, question=cell, actor=Actor(user=cell))
    rows = list(csv.reader(io.StringIO(export_csv(taken(journal))[1:]), delimiter=";"))
    for shown in (rows[1][5], rows[1][2]):
        assert shown.startswith("'")
        assert shown.replace("'", "") == cell


def test_an_ordinary_cell_is_left_alone() -> None:
    assert harmless("Får jag dela?") == "Får jag dela?"


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_no_cell_is_a_formula_whatever_parts_the_cells(journal: Journal, delimiter: str) -> None:
    add_turn(journal, question="Hej,=1+1\n=2+2\n- 3+3\t@SUM(A1),＝4")
    text = export_csv(taken(journal))[1:]
    cells = [cell for row in csv.reader(io.StringIO(text), delimiter=delimiter) for cell in row]
    assert not [cell for cell in cells if cell.lstrip().startswith(tuple("=+-@＝"))]
