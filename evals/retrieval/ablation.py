"""Ablation: the product's own retrieval, one part of it taken away at a time."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from shutil import copytree, ignore_patterns

import numpy as np

from evals.asker import section
from evals.cases import Case
from evals.retrieval.rankings import Place, Ranking
from ingest.document import Document
from kb.draft import Draft, reading_of
from kb.embedding.model import Embedder
from kb.guide import open_guide
from kb.guide import open_tools as open_models
from kb.index.reader import open_index
from kb.index.sync import sync
from kb.language.compounds import Splitter
from kb.language.lexicon import load_lexicon
from kb.language.spelling import Vocabulary, read_vocabulary
from kb.language.swedish import SYNONYM_CREDIT, Analyser, ContentTerm
from kb.library import load_library
from kb.pipeline import turn_back_personal_data
from kb.records import Hit
from kb.retrieve import find_passages, read_question
from kb.settings import Settings
from kb.tools import Tools

Change = Callable[[Draft, Tools], Draft]
"""Takes something away from a question that has been read, before it is searched with."""

_NO_WORDS = Vocabulary(counts={}, stems=frozenset(), by_plain={}, by_length={})


class NeverSplit(Splitter):
    """Take every word for a simple one."""

    def __init__(self, settings: Settings) -> None:
        super().__init__(load_lexicon(cache=settings.models))
        self.version = f"{self.version}-unsplit"

    def split(self, word: str) -> tuple[str, ...]:
        """Return the word alone."""
        return (word,)


@dataclass(frozen=True, slots=True)
class Way:
    """A way of retrieving: its name, what it searches with, what it does to a question.

    `only_words` leaves out what shares no word; `weighed` orders the hits as the answer does.
    """

    name: str
    tools: Tools
    change: Change
    only_words: bool = False
    weighed: bool = False


def unchanged(draft: Draft, tools: Tools) -> Draft:
    """Leave a question as it is."""
    del tools
    return draft


def without_words(draft: Draft, tools: Tools) -> Draft:
    """Search by meaning alone."""
    del tools
    return replace(draft, wanted=())


def without_synonyms(draft: Draft, tools: Tools) -> Draft:
    """Search for the words of the question and their parts, not for other words."""
    del tools
    return replace(draft, wanted=tuple(map(_own_words, draft.wanted)))


def rank(way: Way, case: Case, *, as_of: date) -> Ranking:
    """Return what a way finds for a case, each section once."""
    draft = Draft(case.question, case.as_of or as_of, history=case.history)
    for step in (turn_back_personal_data, read_question, way.change, find_passages):
        if draft.outcome is None:
            draft = step(draft, way.tools)
    places: dict[str, Place] = {}
    for hit in _weighed(draft, way.tools) if way.weighed else draft.hits:
        if hit.lexical or not way.only_words:
            name = section(hit.passage.document_id, hit.passage.anchor)
            places.setdefault(name, Place(frozenset({name}), len(hit.passage.text.split())))
    return tuple(places.values())


def rank_all(way: Way, cases: Sequence[Case], *, as_of: date) -> Mapping[str, Ranking]:
    """Return the rankings of cases by their ids."""
    return {case.id: rank(way, case, as_of=as_of) for case in cases}


def open_ways(settings: Settings, folder: Path, *, as_of: date) -> tuple[Way, ...]:
    """Return the whole retrieval, then it without one part each; other indexes go in `folder`.

    The settings' index must be level with the library. Vectors are reused from it.
    """
    guide = open_guide(settings, use_chroma=False)
    embedder, analyser = open_models(settings)
    tools = guide.tools
    blind = np.zeros(embedder.dimensions, dtype=np.float32)
    documents = load_library(settings.library).documents
    plain = [replace(d, front=replace(d.front, questions={})) for d in documents]
    copies = _Copies(settings, folder, embedder, as_of)
    return (
        Way("whole", tools, unchanged),
        Way("whole, in the order that the answer weighs them", tools, unchanged, weighed=True),
        Way("meaning alone", tools, without_words),
        Way("words alone", replace(tools, embed=lambda _: blind), unchanged, only_words=True),
        Way("without curated questions", copies.tools(tools, plain, analyser), unchanged),
        Way(
            "without compound parts",
            copies.tools(tools, documents, Analyser(NeverSplit(settings))),
            unchanged,
        ),
        Way("without synonyms", tools, without_synonyms),
        Way("without spelling repair", replace(tools, vocabulary=_NO_WORDS), unchanged),
    )


@dataclass(frozen=True, slots=True)
class _Copies:
    """Indexes built otherwise, beside the settings' own."""

    settings: Settings
    folder: Path
    embedder: Embedder
    as_of: date

    def tools(self, tools: Tools, documents: Sequence[Document], analyser: Analyser) -> Tools:
        """Return the tools over an index of these documents, analysed this way."""
        data = self.folder / f"{len(list(self.folder.iterdir()))}"
        copytree(self.settings.data, data, ignore=ignore_patterns("models", "chroma", "lock"))
        tables = load_library(self.settings.library).tables
        sync(
            documents, data=data, tables=tables, embedder=self.embedder, analyser=analyser,
            today=self.as_of, use_chroma=False,
        )  # fmt: skip
        index = open_index(
            data, embedder=self.embedder, analyser=analyser, today=self.as_of, use_chroma=False
        )
        view = index.seen_by(frozenset())
        words = view.words.vocabulary() if view.words else {}
        vocabulary = read_vocabulary(words, analyser=analyser)
        return replace(tools, index=index, view=view, analyser=analyser, vocabulary=vocabulary)


def _weighed(draft: Draft, tools: Tools) -> Sequence[Hit]:
    """Order hits by how well each may answer, as the choice of sentences does."""
    if draft.vector is None or not draft.hits:
        return draft.hits
    scores = tools.scorer.passages(reading_of(draft), draft.hits)
    order = sorted(range(len(scores)), key=lambda at: -scores[at])
    return [draft.hits[at] for at in order]


def _own_words(word: ContentTerm) -> ContentTerm:
    kept = (a for a in word.alternatives[1:] if a.credit != SYNONYM_CREDIT)
    return replace(word, alternatives=(word.alternatives[0], *kept))
