import pytest

from ingest.errors import SettingsError
from ingest.screening.contact_data import (
    PublicContacts,
    find_contacts,
    mask_email,
    mask_phone,
    read_public_contacts,
)
from ingest.screening.personal_data import PersonalData

NONE = PublicContacts()


def found(text: str, public: PublicContacts = NONE) -> list[str]:
    return [text[one.start : one.end] for one in find_contacts(text, public=public)]


@pytest.mark.parametrize(
    "address",
    [
        "fornamn.efternamn@malmo.se",
        "någon@example.se",
        "nagon (at) example.se",
        "nagon[snabel-a]example.se",
        "a.b+c@post.example.com",
    ],
)
def test_an_address_of_a_person_is_found_in_every_written_form(address: str) -> None:
    assert found(f"Skriv till {address}.") == [address]


@pytest.mark.parametrize(
    "text", ["registrator@malmo.se", "info@example.se", "5 @ 3.50", "@malmostad", "a@b", "x@1.2"]
)
def test_a_function_and_what_is_no_address_are_left_alone(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    "number",
    ["070-1740605", "070-174 06 05", "+46 70 174 06 05", "0046701740605", "040-628 04 00"],
)
def test_a_phone_number_is_found_in_every_written_form(number: str) -> None:
    (finding,) = find_contacts(f"Ring {number} i dag.", public=NONE)
    assert finding.kind is PersonalData.PHONE


@pytest.mark.parametrize(
    "text",
    [
        "öppet 08.00-16.30",
        "dnr STK-2024-629",
        "212000-1124",
        "SFS 2018:218",
        "2021-03-31",
        "bankgiro 5050-1234",
    ],
)
def test_other_numbers_are_no_phones(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("entry", "text"),
    [
        ("malmo.se", "a.b@malmo.se"),
        ("@malmo.se", "a.b@skola.malmo.se"),
        ("a.b@example.se", "A.B@example.se"),
        ("040-628 04 00", "+46 40 628 04 00"),
        ("040-62804*", "040-628 04 99"),
        ("+4640628*", "040-628 04 99"),
    ],
)
def test_what_the_council_made_public_is_left_alone(entry: str, text: str) -> None:
    assert found(text, read_public_contacts([entry])) == []


@pytest.mark.parametrize(
    ("entry", "text"),
    [
        ("malmo.se", "a.b@notmalmo.se"),
        ("a.b@example.se", "c.d@example.se"),
        ("040-628 04 0", "040-628 04 00"),
        ("040-628 04 00", "070-174 06 05"),
    ],
)
def test_what_is_public_covers_nothing_more(entry: str, text: str) -> None:
    assert found(text, read_public_contacts([entry])) == [text]


@pytest.mark.parametrize("entry", ["malmö stad", "*", "se"])
def test_an_entry_that_is_no_contact_is_refused(entry: str) -> None:
    with pytest.raises(SettingsError, match="kontaktuppgift"):
        read_public_contacts([entry])


def test_masks_keep_what_a_reviewer_needs_and_no_more() -> None:
    assert mask_email("Fornamn.Efternamn@Example.se") == "F•••@example.se"
    assert mask_phone("070-174 06 05") == "070-••• •• ••"
