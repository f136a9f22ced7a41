"""The page finds what the server finds: same rules, same texts, told apart by nothing."""

import json
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import httpx
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from evals.suites import SUITES
from ingest.screening.contact_data import PublicContacts, read_public_contacts
from ingest.screening.personal_data import NUMBERS, PersonalData
from kb.answer.screen import screen
from tests.web.made_personal import SERIES, cleaned, made_texts, number_texts
from tests.web.personal_script import WORDS, Look, Seen, looking
from web.personal_data import rules_of
from web.texts import wording

TODAY = date(2026, 11, 22)
SUITE = "personal_data"
PHONE = "Ring 040-34 10 00 eller skriv till nagon.annan@malmo.se om AI."


@pytest.fixture(scope="module")
def look() -> Iterator[Look]:
    with looking(today=TODAY) as look:
        yield look


def numbers_on_server(text: str) -> set[tuple[str, str]]:
    whole = cleaned(text)
    findings = screen(text, today=TODAY).findings
    return {(f.kind.name.lower(), whole[f.start : f.end]) for f in findings if f.kind in NUMBERS}


def numbers_on_page(seen: Seen) -> set[tuple[str, str]]:
    return {(kind, cleaned(words)) for kind, words in seen.sure if kind.endswith("number")}


def is_turned_back(text: str) -> bool:
    return bool(screen(text, today=TODAY).findings)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(texts=st.lists(number_texts(), min_size=5, max_size=30))
@example(texts=["pnr 1 9 9 0 0 1 0 1 2 3 8 5", "(900101) 2385", "900101, sista fyra 2385"])
def test_the_same_numbers_are_found_in_every_written_form(look: Look, texts: list[str]) -> None:
    for text, seen in zip(texts, look(texts), strict=True):
        assert numbers_on_page(seen) == numbers_on_server(text), repr(text)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    texts=st.lists(st.text(max_size=40), min_size=5, max_size=20), series=st.sampled_from(SERIES)
)
def test_whatever_stands_around_a_number_it_is_found(
    look: Look, texts: list[str], series: str
) -> None:
    asked = [f"{text} {series[:8]}-{series[8:]} {text[::-1]}" for text in texts]
    for text, seen in zip(asked, look(asked), strict=True):
        assert numbers_on_page(seen) == numbers_on_server(text), repr(text)


def test_what_the_server_turns_back_the_page_holds_back(look: Look) -> None:
    texts = made_texts(4_000, seed=6)
    seen = look(texts)
    server = [is_turned_back(text) for text in texts]
    page = [bool(one.sure) for one in seen]
    pairs = list(zip(texts, server, page, strict=True))
    assert 1_000 < sum(server) < 3_000
    assert [text for text, turned, held in pairs if turned and not held] == []
    assert sum(turned == held for _, turned, held in pairs) >= 0.995 * len(pairs)


def test_a_masked_text_is_let_through_by_the_server(look: Look) -> None:
    texts = [*made_texts(2_000, seed=7), *(question for question, _ in asked_in(SUITE))]
    left = [one.masked for one in look(texts) if is_turned_back(one.masked)]
    assert left == []


def asked_in(name: str) -> list[tuple[str, bool]]:
    """Return the questions of a suite, and whether turning each back is right."""
    lines = (SUITES / f"{name}.jsonl").read_text(encoding="utf-8")
    cases = [json.loads(line) for line in lines.splitlines()]
    return [(case["question"], "redact_first" in case.get("outcomes", ())) for case in cases]


def test_the_page_meets_the_suite_as_the_server_does(look: Look) -> None:
    questions = [question for question, _ in asked_in(SUITE)]
    for text, seen in zip(questions, look(questions), strict=True):
        assert bool(seen.sure) == is_turned_back(text), text
        assert numbers_on_page(seen) == numbers_on_server(text), text


def test_an_ordinary_question_gives_no_warning(look: Look) -> None:
    ordinary = [
        text
        for name in sorted(path.stem for path in SUITES.glob("*.jsonl"))
        if name != SUITE
        for text, is_turned in asked_in(name)
        if not is_turned
    ]
    warned = [
        text
        for text, seen in zip(ordinary, look(ordinary), strict=True)
        if seen.sure or seen.unsure
    ]
    assert len(ordinary) > 1_500
    assert len(warned) <= 0.005 * len(ordinary), warned


@pytest.mark.parametrize(
    ("text", "sure", "unsure"),
    [
        ("Ring 070-174 06 05 om AI.", (), (("phone", "070-174 06 05"),)),
        ("Skriv till nagon.annan@example.se.", (), (("email", "nagon.annan@example.se"),)),
        ("Skriv till registrator@malmo.se, öppet 10.30–16.00.", (), ()),
        ("Får AI skriva om adhd och skyddad identitet?", (), ()),
        (
            "Skyddad identitet, bor på Exempelgatan 4, 211 00 Malmö.",
            (("address", "Exempelgatan 4"), ("address", "211 00 Malmö")),
            (),
        ),
        ("Hon är gravid, 0701740605.", (("phone", "0701740605"),), ()),
    ],
)
def test_sure_is_told_from_unsure(look: Look, text: str, sure: Any, unsure: Any) -> None:
    (seen,) = look([text])
    assert (seen.sure, seen.unsure) == (sure, unsure)


def test_what_the_council_made_public_gives_no_warning_alone() -> None:
    public = read_public_contacts(["malmo.se", "040-34*"])
    with looking(today=TODAY, public=public) as look:
        alone, beside = look([PHONE, f"{PHONE} Hon är gravid."])
    assert (alone.sure, alone.unsure) == ((), ())
    assert [kind for kind, _ in beside.sure] == ["phone", "email"]


def test_invisible_characters_are_masked_with_what_they_hide(look: Look) -> None:
    (seen,) = look(["Gäller 900101\u200b-23\u00ad85\u200b."])
    assert seen.masked == "Gäller [personnummer]."


def test_masks_are_the_words_that_the_journal_writes() -> None:
    kinds = (kind for kind in PersonalData if kind is not PersonalData.PROTECTED_IDENTITY)
    written = {kind.name.lower(): f"[{kind.value}]" for kind in kinds}
    assert {key: word for key, word in WORDS.items() if key != "address"} == written
    assert wording("en").texts.keys() == wording("sv").texts.keys()


def test_a_number_of_tomorrow_is_none_today() -> None:
    born = date(2024, 2, 29)  # of the test series 202402292383
    for today, is_found in ((born - timedelta(days=1), False), (born, True)):
        with looking(today=today) as look:
            assert bool(look(["20240229-2383"])[0].sure) is is_found


def test_the_rules_are_served_before_the_page_needs_them(client: httpx.Client) -> None:
    answer = client.get("/resurser/personregler.js")
    assert answer.headers["content-type"].startswith("text/javascript")
    assert answer.text.startswith("globalThis.personregler = {")
    page = client.get("/").text
    places = [
        page.index(f"/resurser/{name}.js")
        for name in ("personregler", "telefonnummer", "personuppgifter", "personvarning")
    ]
    assert places == sorted(places)
    assert places[-1] < page.index("gradio-app")


def test_the_rules_hold_nothing_private() -> None:
    rules = rules_of(PublicContacts(), today=TODAY)
    assert set(rules) == {
        *("today", "patterns", "centuries", "zeros", "functions", "phone", "public"),
    }
