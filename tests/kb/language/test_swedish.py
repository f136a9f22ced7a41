"""The analyser turns texts into terms and questions into content words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.errors import SettingsError
from kb.language.compounds import load_splitter
from kb.language.swedish import Analyser, ContentTerm, coverage, open_analyser, word_credit
from kb.language.synonyms import read_synonyms


@pytest.fixture(scope="module")
def analyser(tmp_path_factory: pytest.TempPathFactory) -> Analyser:
    return open_analyser(tmp_path_factory.getbasetemp() / "lexicon")


def even(term: str) -> float:
    return 1.0


def term_of(analyser: Analyser, question: str) -> ContentTerm:
    (term,) = analyser.content_terms(question)
    return term


@pytest.mark.parametrize(
    "forms",
    [
        "ansvar ansvarig ansvariga ansvarar",
        "säkerhet säkerheten säkerhets",
        "lösenord lösenordet",
        "beslut beslutet beslutade",
        "system systemet",
        "plats platser",
        "riktlinje riktlinjerna",
        "utvecklingsplan utvecklingsplanen utvecklingsplanens",
        "lösenordspolicy lösenordspolicyn",
        "AI AI:n AI:s",
        "e-post epost",
        "IT-säkerhet IT‑säkerheten",
        "projekt projektet",
    ],
)
def test_forms_of_a_word_share_its_term(analyser: Analyser, forms: str) -> None:
    assert len({analyser.terms(form)[0] for form in forms.split()}) == 1


def test_different_words_keep_different_terms(analyser: Analyser) -> None:
    assert len({analyser.terms(word)[0] for word in "plan planera princip pris risk".split()}) == 5


def test_compound_is_found_by_its_parts(analyser: Analyser) -> None:
    terms = analyser.terms("personuppgiftsincidenten")
    for word in ("personuppgiftsincident", "personuppgifter", "incident", "uppgift"):
        assert analyser.terms(word)[0] in terms


def test_hyphenated_word_is_found_joined_and_by_its_parts(analyser: Analyser) -> None:
    assert analyser.terms("IT-säkerhet") == ["itsäker", "it", "säker"]


def test_stop_words_give_no_terms(analyser: Analyser) -> None:
    assert analyser.terms("och det att i en the of t.ex.") == []


def test_it_is_kept_in_swedish_and_dropped_as_an_english_pronoun(analyser: Analyser) -> None:
    assert "it" in analyser.terms("kommungemensam it")
    words = [t.word for t in analyser.content_terms("When was it decided by the council?")]
    assert "it" not in words
    assert "it" in [t.word for t in analyser.content_terms("What does the IT plan say?")]


def test_reference_and_date_meet_however_written(analyser: Analyser) -> None:
    written = set(analyser.terms("KF 2021-03-31 § 100"))
    assert set(analyser.terms("KF den 31 mars 2021, 100 §")) == written


def test_tokens_say_where_they_stand(analyser: Analyser) -> None:
    text = "Får jag använda AI-verktyg?"
    tokens = analyser.tokens(text)
    assert [text[t.start : t.end] for t in tokens] == ["Får", "jag", "använda", "AI-verktyg"]
    assert [t.is_stop for t in tokens] == [True, True, False, False]


def test_question_words_are_no_content(analyser: Analyser) -> None:
    assert [t.word for t in analyser.content_terms("Vad gäller för budget och hur mycket?")] == [
        "budget"
    ]
    assert analyser.content_terms("Vad är det?") == []


def test_phrase_is_one_content_term_with_its_synonyms(analyser: Analyser) -> None:
    term = term_of(analyser, "klistra in")
    assert term.word == "klistra in"
    assert tuple(analyser.terms("skriva")) in [way.terms for way in term.alternatives]


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("DPIA", "konsekvensbedömning"),
        ("konsekvensbedömning", "DPIA"),
        ("GDPR", "dataskyddsförordningen"),
        ("OSL", "offentlighets- och sekretesslagen"),
        ("ChatGPT", "AI-tjänst"),
        ("miljoner", "mnkr"),
        ("pengar", "finansiering"),
        ("läckte", "incident"),
        ("personal data", "personuppgifter"),
        ("guidelines", "riktlinjer"),
        ("procurement", "upphandling"),
        ("confidentiality", "sekretess"),
        ("City Executive Board", "kommunstyrelsen"),
    ],
)
def test_what_staff_say_covers_what_the_guidance_says(
    analyser: Analyser, said: str, meant: str
) -> None:
    credit = word_credit(term_of(analyser, said), set(analyser.terms(meant)), idf=even)
    assert 0.6 < credit < 1.0


def test_coverage_is_whole_for_the_words_themselves(analyser: Analyser) -> None:
    question = analyser.content_terms("Vem ansvarar för utvecklingsplanen?")
    text = set(analyser.terms("Ansvarig för utvecklingsplanen är servicenämnden."))
    assert coverage(question, text, idf=even) == pytest.approx(1.0)


def test_coverage_is_partial_for_parts(analyser: Analyser) -> None:
    question = analyser.content_terms("budgetförstärkning")
    half = coverage(question, set(analyser.terms("Nämndens budget")), idf=even)
    both = coverage(question, set(analyser.terms("förstärkning av budget")), idf=even)
    assert 0 < half < both < 1


def test_rare_word_weighs_more_in_coverage(analyser: Analyser) -> None:
    question = analyser.content_terms("Kostar e-tjänstelegitimation pengar?")
    text = set(analyser.terms("e-tjänstelegitimation"))
    rare = "".join(analyser.terms("e-tjänstelegitimation")[:1])
    weighed = coverage(question, text, idf=lambda term: 9.0 if term == rare else 1.0)
    assert weighed > coverage(question, text, idf=even)


def test_nothing_asked_is_nothing_covered(analyser: Analyser) -> None:
    assert coverage([], {"plan"}, idf=even) == 0.0


def test_language_is_told_by_function_words(analyser: Analyser) -> None:
    assert analyser.looks_english("What is the focus of the plan?")
    assert not analyser.looks_english("Vad är fokus i planen?")
    assert not analyser.looks_english("prompt engineering")


def test_identity_names_the_dictionary_and_the_lists(
    analyser: Analyser, tmp_path_factory: pytest.TempPathFactory
) -> None:
    again = Analyser(load_splitter(cache=tmp_path_factory.getbasetemp() / "lexicon"))
    assert again.identity == analyser.identity
    assert "2026" in analyser.identity


def test_malformed_synonyms_say_how_to_write_them() -> None:
    with pytest.raises(SettingsError, match="means"):
        read_synonyms({"same": ["a", "b"], "means": ["c"]})


@given(text=st.text(max_size=80))
def test_any_text_gives_terms_without_spaces(analyser: Analyser, text: str) -> None:
    terms = analyser.terms(text)
    assert all(term and not any(c.isspace() for c in term) for term in terms)
    assert terms == [term for token in analyser.tokens(text) for term in token.terms]


@given(words=st.lists(st.sampled_from("kommunen riskanalys § 12 2025 AI IT-plan".split())))
def test_text_covers_itself(analyser: Analyser, words: list[str]) -> None:
    text = " ".join(words)
    question = analyser.content_terms(text)
    expected = 1.0 if question else 0.0
    assert coverage(question, set(analyser.terms(text)), idf=even) == pytest.approx(expected)
