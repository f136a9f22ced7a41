"""Personal data is masked once more where it would be written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.journal.masking import mask_person, mask_quotes, writable
from tests.kb.journal.made import TODAY

NUMBERS = "199001012385 200002292399 201701012393 190001019801 202201612393".split()


@pytest.mark.parametrize("number", NUMBERS)
@pytest.mark.parametrize("form", ["{}", "{:.8}-{}", "{:.8} {}"])
def test_a_number_is_masked_in_its_written_forms(number: str, form: str) -> None:
    written = form.format(number) if form == "{}" else form.format(number[:8], number[8:])
    masked = mask_person(f"Gäller {written} här", today=TODAY)
    assert number[-4:] not in masked
    assert masked in ("Gäller [personnummer] här", "Gäller [samordningsnummer] här")


def test_what_points_at_the_asker_is_masked_and_public_words_stay() -> None:
    masked = mask_person("Ring 070-174 06 05 eller skriv namn@example.se om AI", today=TODAY)
    assert masked == "Ring [telefonnummer] eller skriv [e-postadress] om AI"


@pytest.mark.parametrize("unseen", ["\u200b", "\u00ad", "\u2060", "\u0336", "\U000e0041"])
def test_what_is_not_seen_hides_nothing_from_the_journal(unseen: str) -> None:
    text = f"Ring 070-174{unseen} 06 05 eller namn@exam{unseen}ple.se om 900101{unseen}-2385"
    masked = mask_person(text, today=TODAY)
    assert masked == "Ring [telefonnummer] eller [e-postadress] om [personnummer]"


def test_a_quote_keeps_the_public_number_of_the_city() -> None:
    quote = "Ring växeln på 040-34 10 00."
    assert mask_quotes(quote, today=TODAY) == quote


@given(st.text(max_size=60), st.sampled_from(NUMBERS), st.text(max_size=60))
def test_no_number_gets_through_whatever_stands_around_it(
    before: str, number: str, after: str
) -> None:
    text = f"{before}\n{number}\n{after}"
    assert number not in mask_person(text, today=TODAY)


@given(st.text(st.characters(exclude_categories=()), max_size=40))
def test_what_is_written_can_be_kept_by_every_database(text: str) -> None:
    written = writable(text)
    assert "\x00" not in written
    written.encode("utf-8")
