from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from llama_index.core.base.base_retriever import BaseRetriever

from ingest.document import Kind
from kb.index.reader import Index
from kb.index.retriever import PassageRetriever
from tests.kb.index.small_index import TODAY, document, open_small, run_sync


@pytest.fixture
def index(tmp_path: Path) -> Iterator[Index]:
    run_sync(
        tmp_path,
        [
            document(
                f"plan-{year}", f"## Budget\n\nPiloten får {year - 2000} miljoner.",
                kind=Kind.PLAN, title=f"Plan {year}", year=year, decided_by=f"KF {year}-01-01 § 1",
            )
            for year in (2025, 2026)
        ],
    )  # fmt: skip
    index = open_small(tmp_path)
    yield index
    index.close()


def test_nodes_carry_the_passage_and_its_source(index: Index) -> None:
    retriever = PassageRetriever(index, today=lambda: TODAY, k=3)

    (found,) = retriever.retrieve("Vad får piloten?")

    assert isinstance(retriever, BaseRetriever)
    assert found.node.node_id == "plan-2026@1#budget"
    assert found.text == "Piloten får 26 miljoner."
    assert found.score == index.search("Vad får piloten?", as_of=TODAY)[0].score
    assert found.node.metadata["headings"] == "Budget"
    assert found.node.metadata["decided_by"] == "KF 2026-01-01 § 1"
    assert found.node.metadata["current"] is True


def test_the_day_and_the_years_are_obeyed(index: Index) -> None:
    early = PassageRetriever(index, today=lambda: date(2025, 5, 1))
    both = PassageRetriever(index, today=lambda: TODAY, years=frozenset({2025}))

    assert [one.node.metadata["year"] for one in early.retrieve("piloten")] == [2025]
    assert [one.node.metadata["year"] for one in both.retrieve("Piloten får 25 miljoner")] == [
        2025,
        2026,
    ]
