from datetime import date

import pytest

from ingest.document import Document, FrontMatter
from ingest.screening.contact_data import PublicContacts, read_public_contacts
from ingest.screening.look_through import Sighting, look_through, stopping, warn_of
from ingest.screening.personal_data import PersonalData

TODAY = date(2026, 11, 22)
BODY = """# Rutin

<!-- sida 3 -->

Ärendet gäller 19900101-2385. Ring 070-174 06 05 eller skriv till nagon.annan@example.se.
"""


def look(body: str, public: PublicContacts | None = None, **front: str) -> tuple[Sighting, ...]:
    header = FrontMatter(**{"id": "rutin", "title": "Rutin", **front})  # type: ignore[arg-type]
    return look_through(Document(header, body), today=TODAY, public=public or PublicContacts())


def test_each_piece_is_told_with_kind_mask_and_place() -> None:
    seen = [(one.kind, one.masked, one.place.page) for one in look(BODY)]
    assert seen == [
        (PersonalData.PERSONAL_NUMBER, "••••••••-••••", 3),
        (PersonalData.PHONE, "070-••• •• ••", 3),
        (PersonalData.EMAIL, "n•••@example.se", 3),
    ]


def test_warnings_never_hold_the_value() -> None:
    text = " ".join(warn_of(look(BODY)))
    assert "1 personnummer: ••••••••-•••• (s. 3, rad" in text
    assert not any(value in text for value in ("19900101", "2385", "174 06", "nagon"))


def test_only_numbers_stop_a_publication() -> None:
    assert [one.kind for one in stopping(look(BODY))] == [PersonalData.PERSONAL_NUMBER]


def test_what_the_council_made_public_is_not_told() -> None:
    public = read_public_contacts(["example.se", "070-174 06 05"])
    assert [one.kind for one in look(BODY, public)] == [PersonalData.PERSONAL_NUMBER]


def test_the_header_is_looked_through_too_but_not_the_digest() -> None:
    (one,) = look("Text.", title="Beslut 900101-2385", original_digest="sha256:a9001012385b")
    assert (one.masked, one.place.line) == ("••••••-••••", 3)


def test_a_mobile_number_that_looks_like_a_personal_number_is_a_phone() -> None:
    assert [one.kind for one in look("Ring 0701740607.")] == [PersonalData.PHONE]


@pytest.mark.parametrize(
    "body",
    [
        "Eleven, 900101-2385, har skyddad identitet.",
        "SEKRETESSMARKERAD\n\nÄrendet gäller en flytt.",
        "- Skyddad identitet",
    ],
)
def test_a_protected_identity_at_a_person_is_told_apart(body: str) -> None:
    assert "invid uppgifter om en person" in " ".join(warn_of(look(body)))


def test_general_talk_of_protected_identity_is_one_mild_line() -> None:
    body = "Mata aldrig in uppgifter om den som har skyddad identitet.\n\nNummer: 900101-2385."
    mild = [text for text in warn_of(look(body)) if text.startswith("Skyddad identitet")]
    assert len(mild) == 1
    assert "ingen enskild pekas ut" in mild[0]


def test_many_places_are_counted_not_listed() -> None:
    (warning,) = warn_of(look("Nummer 900101-2385 här. " * 30))
    assert warning.startswith("30 personnummer")
    assert "och 22 till" in warning
