"""Whoever lacks a group gets what they would get if its Documents did not exist."""

import random
from collections.abc import Iterator
from dataclasses import asdict
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest.library.front_matter import parse
from kb.answer.scope import read_scope
from kb.embedding.e5_encoder import E5
from kb.guide import Guide
from kb.index.reader import open_index
from kb.index.sync import sync
from kb.language.swedish import Analyser, open_analyser
from kb.records import Answer, Turn
from kb.tools import tools_over

TODAY = date(2026, 11, 22)
GROUPS = ("chefer", "hr")
FACTS: tuple[tuple[str, str, dict[str, Any], str], ...] = (
    ("plan-2025", "alla", {"kind": "plan", "year": 2025, "title": "Utvecklingsplan 2025"},
     "Servicenämnden begär 21 mnkr för piloten i planen 2025."),
    ("plan-2026", "alla", {"kind": "plan", "year": 2026, "title": "Utvecklingsplan 2026"},
     "Servicenämnden begär 7 mnkr för piloten i planen 2026."),
    ("plan-2027", "chefer", {"kind": "plan", "year": 2027, "title": "Utvecklingsplan 2027"},
     "Servicenämnden begär 99 mnkr för piloten i planen 2027."),
    ("plan-2026-chef", "hr", {"kind": "plan", "year": 2026, "title": "Utvecklingsplan 2026",
     "supersedes": "plan-2026"}, "Servicenämnden begär 55 mnkr för piloten i planen 2026."),
    ("losenord", "alla", {}, "Du får inte dela ditt lösenord med någon."),
    ("losenord", "chefer", {"edition": "2", "valid_from": "2026-02-01"},
     "Du får dela ditt lösenord med en kvarkvist."),
    ("omstallning", "chefer", {}, "Varselgruppen sammanträder om Sibeliuslokalen i mars."),
    ("loner", "hr", {}, "Lönetaket för kvarkmästare är 61 000 kronor per månad."),
    ("piloten", "hr", {}, "Piloten granskas av kvarkmästare varje kvartal."),
    ("ai", "alla", {}, "Du får klistra in öppen information i en öppen AI-tjänst."),
)  # fmt: skip
ALARM = """id: larm
kind: larm
title: Larm
edition: "1"
status: published
owner: AI-rådet
valid_from: 2026-01-01
review_by: 2027-01-01
alarms:
  - section: omstallning#sak
    words: [sibeliuslokalen brinner]
"""
WORDS = (
    "servicenämnden begär piloten planen 2025 2026 2027 förra året lösenord dela kvarkvist "
    "kvarkmästare kvarkmästre varselgruppen varselgrupen sibeliuslokalen lönetaket löner mars "
    "granskas hur mycket vem får jag vad när AI-tjänst öppen information jämför och"
).split()
QUESTIONS = (
    "Hur mycket begär servicenämnden för piloten?",
    "Hur mycket begär servicenämnden för piloten i planen 2027?",
    "Hur mycket begär servicenämnden i nästa års plan?",
    "Jämför hur mycket servicenämnden begär 2026 och 2027",
    "Får jag dela mitt lösenord?",
    "När sammanträder varselgruppen?",
    "När sammanträder varselgrupen?",
    "Vad är lönetaket för kvarkmästare?",
    "Sibeliuslokalen brinner, vad gör jag?",
    "Vem granskar piloten och hur mycket begär servicenämnden?",
    "Får jag klistra in öppen information i en öppen AI-tjänst?",
)
KEYS = ("losenord@1", "losenord@2", "omstallning@1", "loner@1", "plan-2026@1", "plan-2027@1")
every_audience = st.sets(st.sampled_from([*GROUPS, "okänd", "alla"])).map(frozenset)
questions = st.sampled_from(QUESTIONS) | st.lists(
    st.sampled_from(WORDS), min_size=1, max_size=8
).map(" ".join)


def source(identifier: str, audience: str, front: dict[str, Any], text: str) -> str:
    known = {"title": identifier.capitalize(), **front}
    header = "".join(f"{key}: {value!r}\n".replace("'", '"') for key, value in known.items())
    return (
        f"---\nid: {identifier}\nstatus: published\naudience: {audience}\n{header}"
        f'questions: {{sak: ["Vad säger {identifier}?"]}}\n---\n\n<!-- sida 2 -->\n\n'
        f"## Vad som gäller {{#sak}}\n\n{text}\n\n## Mer {{#mer}}\n\nFråga den som äger "
        f"{identifier}.\n"
    )


class Libraries:
    """The whole library, and for every audience the one without what it may not see."""

    def __init__(self, folder: Path, e5: E5, analyser: Analyser) -> None:
        self.folder, self.e5, self.analyser = folder, e5, analyser
        self.scope = read_scope(e5.embed_questions, analyser)
        self.whole = self.open("whole", frozenset(GROUPS))
        self.reduced = {
            frozenset(chosen): self.open(f"only-{'-'.join(chosen)}", frozenset(chosen))
            for size in range(len(GROUPS) + 1)
            for chosen in combinations(GROUPS, size)
        }

    def open(self, name: str, groups: frozenset[str]) -> Guide:
        kept = [parse(source(*fact)) for fact in FACTS if fact[1] in {"alla", *groups}]
        random.Random(name).shuffle(kept)
        sync(
            kept, data=self.folder / name, embedder=self.e5, analyser=self.analyser,
            today=TODAY, use_chroma=False, tables={"larm.yaml": ALARM},
        )  # fmt: skip

        def tools() -> Any:
            index = open_index(
                self.folder / name, embedder=self.e5, analyser=self.analyser, today=TODAY,
                use_chroma=False,
            )  # fmt: skip
            return tools_over(index, self.e5, self.analyser, self.scope)

        return Guide(tools, today=lambda: TODAY)

    def without(self, audience: frozenset[str]) -> Guide:
        """Return the library of only what an audience may see."""
        return self.reduced[audience & set(GROUPS)]


@pytest.fixture(scope="module")
def libraries(
    tmp_path_factory: pytest.TempPathFactory, e5: E5, models: Path
) -> Iterator[Libraries]:
    made = Libraries(tmp_path_factory.mktemp("access"), e5, open_analyser(cache=models))
    yield made
    for guide in (made.whole, *made.reduced.values()):
        guide.close()


def shown(answer: Answer) -> dict[str, Any]:
    return {**asdict(answer), "id": "", "timings_ms": {}}


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(question=questions, audience=every_audience, earlier=st.lists(questions, max_size=2))
def test_answers_are_those_of_a_library_without_what_is_for_others(
    libraries: Libraries, question: str, audience: frozenset[str], earlier: list[str]
) -> None:
    # What was said before may tell of a group since withdrawn: it must lead to nothing.
    history = tuple(Turn(one, "Lönetaket är 61 000 kronor.") for one in earlier)
    answer = libraries.whole.ask(question, history=history, audience=audience)
    there = libraries.without(audience).ask(question, history=history, audience=frozenset(GROUPS))
    assert shown(answer) == shown(there)


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(question=questions, audience=every_audience, day=st.dates(date(2025, 1, 1), TODAY))
def test_hits_are_those_of_a_library_without_what_is_for_others(
    libraries: Libraries, question: str, audience: frozenset[str], day: date
) -> None:
    hits = libraries.whole.search(question, k=50, as_of=day, audience=audience)
    there = libraries.without(audience).search(
        question, k=50, as_of=day, audience=frozenset(GROUPS)
    )
    assert [(hit.passage, hit.current) for hit in hits] == [
        (hit.passage, hit.current) for hit in there
    ]
    for one, other in zip(hits, there, strict=True):
        assert (one.score, one.lexical) == pytest.approx((other.score, other.lexical), abs=1e-6)


@pytest.mark.parametrize("key", KEYS)
@given(audience=every_audience)
@settings(max_examples=16, deadline=None, suppress_health_check=list(HealthCheck))
def test_passages_and_editions_are_those_of_a_library_without_what_is_for_others(
    libraries: Libraries, key: str, audience: frozenset[str]
) -> None:
    identifier, _, edition = key.partition("@")
    smaller, everything = libraries.without(audience), frozenset(GROUPS)
    assert libraries.whole.edition(identifier, edition, audience=audience) == smaller.edition(
        identifier, edition, audience=everything
    )
    for anchor in ("sak", "mer", "finns-inte"):
        assert libraries.whole.passage_context(
            identifier, edition, anchor, audience=audience
        ) == smaller.passage_context(identifier, edition, anchor, audience=everything)


def test_a_group_gets_its_own(libraries: Libraries) -> None:
    answer = libraries.whole.ask("Vad är lönetaket för kvarkmästare?", audience=frozenset({"hr"}))
    assert "61 000" in answer.text
    found = libraries.whole.edition("loner", "1", audience=frozenset({"hr"}))
    assert found is not None
    assert found.pages == 2


def test_a_table_cites_a_rule_only_to_those_who_may_see_it(libraries: Libraries) -> None:
    question = "Sibeliuslokalen brinner, vad gör jag?"
    assert "Varselgruppen" not in libraries.whole.ask(question).text
    assert "Varselgruppen" in libraries.whole.ask(question, audience=frozenset({"chefer"})).text


def test_a_misspelt_word_is_not_mended_into_one_of_others(libraries: Libraries) -> None:
    draft = libraries.whole.trace("När sammanträder varselgrupen?")
    assert draft.question is not None
    assert "varselgruppen" not in draft.question.topic
    member = libraries.whole.trace("När sammanträder varselgrupen?", audience=frozenset({"chefer"}))
    assert member.question is not None
    assert "varselgruppen" in member.question.topic


def test_the_steps_of_an_answer_never_ask_the_whole_index() -> None:
    for name in ("pipeline", "retrieve", "editions"):
        assert "tools.index" not in Path("kb", f"{name}.py").read_text(encoding="utf-8")
