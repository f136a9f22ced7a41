"""docs/coverage.md is true: its Documents exist and are all there, its sentences stand."""

import re
from pathlib import Path

import pytest

from ingest.document import Document, Kind, Status
from ingest.library.markdown import sections
from kb.library import load_library

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs/coverage.md").read_text(encoding="utf-8")
DOCUMENTS = {document.front.id: document for document in load_library(ROOT / "guidance").documents}
COLUMNS = ("orientation", "rules", "principles", "advice by role")
PERSPECTIVES = ("informationssäkerhet", "juridik", "etik", "transparens", "riskbedömning")


def rows(first: str) -> list[list[str]]:
    """Return the rows of the table whose first column is headed `first`."""
    table = PAGE.split(f"| {first} |", 1)[1].split("\n\n", 1)[0]
    return [
        [cell.strip() for cell in line.strip("|").split("|")] for line in table.splitlines()[2:]
    ]


TABLE = {row[0]: dict(zip(COLUMNS, row[1:], strict=True)) for row in rows("perspective")}
FACTS = rows("code")


def ids(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)


def test_the_table_has_the_five_perspectives_and_no_empty_cell() -> None:
    assert tuple(TABLE) == (*PERSPECTIVES, "alla")
    assert all(ids(cell) for row in TABLE.values() for cell in row.values())


def test_every_published_document_stands_in_the_table_and_no_other() -> None:
    shown = {name for row in TABLE.values() for cell in row.values() for name in ids(cell)}
    published = {d.front.id for d in DOCUMENTS.values() if d.front.status is Status.PUBLISHED}
    assert shown == published


@pytest.mark.parametrize("perspective", PERSPECTIVES)
def test_a_document_has_the_perspective_it_stands_under(perspective: str) -> None:
    for name in (name for cell in TABLE[perspective].values() for name in ids(cell)):
        assert perspective in DOCUMENTS[name].front.perspectives, name


def test_a_document_that_gives_rules_has_rules_and_one_by_role_is_a_role_sheet() -> None:
    for perspective in PERSPECTIVES:
        for name in ids(TABLE[perspective]["rules"]):
            assert any(section.norm for section in sections(DOCUMENTS[name].body)), name
        for name in ids(TABLE[perspective]["advice by role"]):
            assert DOCUMENTS[name].front.kind is Kind.ROLE_SHEET, name


def test_every_role_sheet_gives_advice_by_role() -> None:
    shown = {name for row in TABLE.values() for name in ids(row["advice by role"])}
    sheets = {d.front.id for d in DOCUMENTS.values() if d.front.kind is Kind.ROLE_SHEET}
    assert sheets <= shown


def test_ten_facts_are_traced() -> None:
    assert len({code for code, _, _ in FACTS}) == 10


@pytest.mark.parametrize(("code", "place", "sentence"), FACTS)
def test_the_sentence_of_a_fact_stands_in_its_section(code: str, place: str, sentence: str) -> None:
    name, anchor = place.strip("`").split("#")
    (section,) = (s for s in sections(DOCUMENTS[name].body) if s.anchor == anchor)
    assert any(sentence in block.text for block in section.blocks)


@pytest.mark.parametrize(("code", "place", "_"), FACTS)
def test_the_sources_of_a_traced_document_name_the_code(code: str, place: str, _: str) -> None:
    assert code in codes(DOCUMENTS[place.strip("`").split("#")[0]])


def codes(document: Document) -> set[str]:
    """Return the fact codes that a Document's sources name, ranges (A1–A23) written out."""
    refs = " ".join(source.ref for source in document.front.sources)
    named = set(re.findall(r"\b[A-Z]{3}-\d\d\b|\b[A-D]\d+\b", refs))
    for letter, first, last in re.findall(r"\b([A-D])(\d+)–\1(\d+)", refs):
        named |= {f"{letter}{number}" for number in range(int(first), int(last) + 1)}
    return named
