import pytest

from ingest.library.readability import measure


def test_lix_is_words_a_sentence_plus_the_percentage_of_long_words() -> None:
    measured = measure("Du får be om råd. Informationen granskas av en kollega.")
    assert (measured.words, measured.sentences, measured.long_words) == (10, 2, 3)
    assert measured.lix == pytest.approx(10 / 2 + 100 * 3 / 10)


def test_an_item_of_a_list_is_a_sentence() -> None:
    assert measure("Tänk på:\n- ett\n- två").sentences == 3


def test_figures_and_signs_are_no_words() -> None:
    assert measure("5 § (2018:585) gäller.").words == 1


def test_an_empty_text_has_no_lix() -> None:
    assert measure("").lix == 0.0
