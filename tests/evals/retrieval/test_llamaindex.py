from pathlib import Path

import pytest

from evals.cases import Case
from evals.retrieval.llamaindex import (
    BASELINES,
    Baseline,
    Span,
    covered,
    open_retriever,
    rank_all,
    spans_of,
)
from ingest.document import Document, FrontMatter
from ingest.library.front_matter import dump
from kb.embedding.e5 import MultilingualE5
from kb.embedding.e5_encoder import NAME
from kb.library import load_library
from kb.settings import Settings

BODY = "Inledning.\n\n## Ett {#ett}\n\nFörsta.\n\n## Två {#tva}\n\nAndra.\n"
DOCUMENT = Document(FrontMatter(id="d", title="D"), BODY)


def test_sections_are_found_where_they_stand() -> None:
    for text in (BODY, dump(DOCUMENT)):
        shown = {span.name: text[span.start : span.end] for span in spans_of(DOCUMENT, text)}
        assert shown["d#ett"] == "## Ett {#ett}\n\nFörsta.\n\n"
        assert shown["d#tva"].startswith("## Två {#tva}\n\nAndra.")


@pytest.mark.parametrize(
    ("start", "end", "held"),
    [
        (0, 100, {"d#a"}),
        (0, 60, {"d#a"}),
        (0, 200, {"d#a", "d#b"}),
        (90, 130, {"d#b"}),
        (0, 149, {"d#a"}),
        (150, 160, {"d#b"}),
        (300, 400, set()),
    ],
)
def test_a_chunk_holds_the_sections_it_shares_half_with(
    start: int, end: int, held: set[str]
) -> None:
    assert covered(start, end, (Span("d#a", 0, 100), Span("d#b", 100, 200))) == held


@pytest.mark.filterwarnings("default")  # those of the libraries compared with
@pytest.mark.parametrize("baseline", BASELINES, ids=lambda one: one.name)
def test_a_baseline_finds_what_is_asked_for(
    baseline: Baseline, small: Settings, tmp_path: Path
) -> None:
    documents = load_library(small.library).documents
    embedding = MultilingualE5(folder=small.models / NAME)
    retriever = open_retriever(baseline, documents, embedding, tmp_path)
    case = Case("c", "Vad gäller för skyddad identitet?")
    found = rank_all(retriever, baseline, documents, [case])["c"]
    assert any("personuppgifter#skyddad" in place.sections for place in found)
    assert all(place.words > 0 for place in found)
