"""Line ends: hyphenation undone, real hyphens kept."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.text.hyphens import join_lines, join_pair, read_vocabulary

NOTHING = read_vocabulary([])


@pytest.mark.parametrize(
    ("first", "second", "joined"),
    [
        ("för kommungemen-", "sam IT", "för kommungemensam IT"),
        ("för utveck\u2010", "ling", "för utveckling"),
        ("för utveck\u00ad", "ling", "för utveckling"),
        ("inom IT-", "säkerhet", "inom IT-säkerhet"),
        ("en e-", "tjänst", "en e-tjänst"),
        ("informations-", "och cybersäkerhet", "informations- och cybersäkerhet"),
        ("KF 2021-", "03-31 § 100", "KF 2021-03-31 § 100"),
        ("under 2023–", "2024", "under 2023–2024"),
        ("Nord-", "Skåne", "Nord-Skåne"),
        ("KOMMUN-", "STYRELSEN", "KOMMUNSTYRELSEN"),
        ("två", "ord", "två ord"),
    ],
)
def test_rules_join_a_pair_of_lines(first: str, second: str, joined: str) -> None:
    assert join_pair(first, second, NOTHING) == joined


def test_the_documents_own_spelling_decides() -> None:
    vocabulary = read_vocabulary(["ett gemensamt uppdrag här", "en data-tjänst är en tjänst"])
    assert join_pair("gemen-", "samt uppdrag", vocabulary) == "gemensamt uppdrag"
    assert join_pair("data-", "tjänst", vocabulary) == "data-tjänst"


def test_first_and_last_words_of_lines_are_no_evidence() -> None:
    assert not read_vocabulary(["mun styrelsen beslutade kom"]).whole["kom"]


@given(st.lists(st.text("abcåäö ", min_size=1).filter(str.strip), min_size=1))
def test_words_survive_where_nothing_is_hyphenated(lines: list[str]) -> None:
    assert join_lines(lines, NOTHING).split() == " ".join(lines).split()


@given(
    st.lists(st.text("abdeklmnorståäö", min_size=6, max_size=14), min_size=3, max_size=9),
    st.data(),
)
def test_a_word_broken_anywhere_is_mended_where_the_text_spells_it(
    words: list[str], data: st.DataObject
) -> None:
    number = data.draw(st.integers(0, len(words) - 1))
    at = data.draw(st.integers(1, len(words[number]) - 1))
    word = words[number]
    first = " ".join([*words[:number], f"{word[:at]}-"])
    second = " ".join([word[at:], *words[number + 1 :]])
    vocabulary = read_vocabulary([f"början {' '.join(words)} slutet"])
    assert join_lines([first, second], vocabulary) == " ".join(words)
