from datetime import date
from pathlib import Path

from ingest.library.decision_table import DecisionTable
from ingest.library.tables import parse_table
from kb.check.finding import Finding, Name
from kb.check.tables import check_tables
from kb.library import load_library
from tests.ingest.library.test_decision_table import SMALL

TODAY = date(2026, 11, 22)
RULES = """---
id: {id}
title: Prov {id}
status: published
---

## Känsligt {{#kanslig norm="{ban}" basis="råd"}}

Du får inte mata in läkarintyg.

## Öppet {{#oppen norm="FÅR" basis="råd"}}

Du får mata in öppen information.

## Avtalat {{#avtalad norm="FÅR OM" basis="råd"}}

Du får mata in läkarintyg om tjänsten är bedömd. Tjänsten är bedömd.

## Namn {{#namngiven}}

Ingen har bedömt tjänsten.
"""


def findings(folder: Path, table: str = SMALL, *, ban: str = "FÅR INTE") -> list[Finding]:
    (folder / "tables").mkdir()
    (folder / "tables/t.yaml").write_text(table, encoding="utf-8")
    for name in ("regler", "verktyg"):
        (folder / f"{name}.md").write_text(RULES.format(id=name, ban=ban), encoding="utf-8")
    found = list(check_tables(load_library(folder), today=TODAY))
    assert all(finding.check is Name.TABLE for finding in found)
    return found


def test_a_table_that_fits_its_rules_passes(tmp_path: Path) -> None:
    assert findings(tmp_path) == []


def test_a_rule_that_is_not_there_is_found_on_its_line(tmp_path: Path) -> None:
    (found,) = findings(tmp_path, SMALL.replace("regler#oppen", "regler#borta", 1))
    assert "regler#borta finns inte" in found.what
    assert (
        "regler#borta"
        in SMALL.replace("regler#oppen", "regler#borta", 1).splitlines()[found.line - 1]
    )


def test_a_verdict_that_its_rule_contradicts_is_found(tmp_path: Path) -> None:
    (found,) = findings(tmp_path, ban="FÅR")
    assert "är nej, men regler#kanslig är FÅR" in found.what


def test_a_condition_in_other_words_than_the_rule_is_found(tmp_path: Path) -> None:
    (found,) = findings(tmp_path, SMALL.replace("Tjänsten är bedömd.", "Den är bedömd."))
    assert "Den är bedömd." in found.what


def test_an_overdue_review_is_found(tmp_path: Path) -> None:
    (found,) = findings(tmp_path, SMALL.replace("edition:", "review_by: 2026-01-01\nedition:"))
    assert "2026-01-01" in found.what


def test_the_shipped_table_has_a_ruling_for_every_pair() -> None:
    library = load_library(Path(__file__).parents[3] / "guidance")
    name = "verktyg-och-information.yaml"
    table = parse_table(library.tables[name], name=name)
    assert isinstance(table, DecisionTable)
    assert len(list(table.cells())) == len(table.tools) * len(table.information)
