"""Look through a Document for personal data and say where it stands, masked, for a reviewer."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from ingest.document import Document
from ingest.library.front_matter import dump
from ingest.library.places import Place, Places
from ingest.screening.contact_data import PublicContacts, find_contacts, mask_email, mask_phone
from ingest.screening.personal_data import (
    NUMBERS,
    Finding,
    PersonalData,
    find_personal_numbers,
    find_protected_identity,
    mask_digits,
)

_DIGEST = re.compile(r"(?m)^original_digest: .*$")
_NAMED = re.compile(r"(?i)person|pnr|p-nr|född")
_BEFORE = 40  # characters before a number in which it may be named as a personal number
_STAMP = 60  # characters of a line that is nothing but a marking
_SHOWN = 8  # places named in one warning
_PLURALS = {
    PersonalData.PERSONAL_NUMBER: "personnummer",
    PersonalData.COORDINATION_NUMBER: "samordningsnummer",
    PersonalData.EMAIL: "e-postadresser",
    PersonalData.PHONE: "telefonnummer",
}


@dataclass(frozen=True, slots=True)
class Sighting:
    """A piece of personal data in a Document: its kind, a masked form, where it stands.

    `is_near_person` says of a protected identity that it is no general talk: an identifying
    piece stands in the same paragraph, or the words stand alone as a marking.
    """

    kind: PersonalData
    masked: str
    place: Place
    is_near_person: bool = False


def find_personal_data(text: str, *, today: date, public: PublicContacts) -> tuple[Finding, ...]:
    """Find everything in a text that points at a person, in order of place.

    Ten digits that begin 07 are a mobile phone unless they are called a personal number. A
    number is counted once, as what it most surely is.
    """
    contacts = find_contacts(text, public=public)
    phones = {(f.start, f.end) for f in contacts if f.kind is PersonalData.PHONE}
    numbers = [
        number
        for number in find_personal_numbers(text, today=today)
        if not ((number.start, number.end) in phones and _is_mobile(text, number))
    ]
    ends = [number.end for number in numbers]
    rest = []
    for contact in contacts:
        at = bisect_right(ends, contact.start)  # the first number that ends after it begins
        if at == len(numbers) or numbers[at].start >= contact.end:
            rest.append(contact)
    found = [*numbers, *rest, *find_protected_identity(text)]
    return tuple(sorted(found, key=lambda finding: (finding.start, finding.end)))


def look_through(
    document: Document, *, today: date, public: PublicContacts
) -> tuple[Sighting, ...]:
    """Return the personal data of a Document, header included, in order of place.

    Lines are those of the Document's file.
    """
    text = _DIGEST.sub("", dump(document))
    places = Places(text)
    findings = find_personal_data(text, today=today, public=public)
    pointing = [f.start for f in findings if f.kind is not PersonalData.PROTECTED_IDENTITY]
    return tuple(
        Sighting(
            finding.kind,
            _mask(finding.kind, text[finding.start : finding.end]),
            places.at(finding.start),
            _is_near_person(text, finding, pointing),
        )
        for finding in findings
    )


def stopping(sightings: Iterable[Sighting]) -> tuple[Sighting, ...]:
    """Return those that stop a publication until a reviewer has said that they may stand."""
    return tuple(one for one in sightings if one.kind in NUMBERS)


def warn_of(sightings: Sequence[Sighting]) -> tuple[str, ...]:
    """Return Swedish warnings, one a kind, with masked values and places."""
    return tuple(_warnings(sightings))


def name_places(sightings: Sequence[Sighting]) -> str:
    """Return masked values and places on one line: `••••••-•••• (s. 3, rad 41), …`."""
    shown = ", ".join(f"{one.masked} ({one.place})" for one in sightings[:_SHOWN])
    more = len(sightings) - _SHOWN
    return f"{shown} och {more} till" if more > 0 else shown


def _warnings(sightings: Sequence[Sighting]) -> Iterator[str]:
    for kind, plural in _PLURALS.items():
        some = [one for one in sightings if one.kind is kind]
        if not some:
            continue
        noun = kind.value if len(some) == 1 else plural
        remedy = (
            "Ta bort ur dokumentet innan det publiceras."
            if kind in NUMBERS
            else "Ta bort, eller låt AI-rådet ange vad som är offentligt i "
            "VAGVISAREN_PUBLIC_CONTACTS."
        )
        yield f"{len(some)} {noun}: {name_places(some)}. {remedy}"
    cues = [one for one in sightings if one.kind is PersonalData.PROTECTED_IDENTITY]
    near = [one for one in cues if one.is_near_person]
    if near:
        yield (
            f"Skyddad identitet nämns invid uppgifter om en person: {name_places(near)}. "
            "Granska särskilt: uppgifterna får inte publiceras."
        )
    elif cues:
        yield (
            f"Skyddad identitet nämns: {name_places(cues)}. Kontrollera att ingen enskild pekas ut."
        )


def _mask(kind: PersonalData, value: str) -> str:
    match kind:
        case PersonalData.EMAIL:
            return mask_email(value)
        case PersonalData.PHONE:
            return mask_phone(" ".join(value.split()))
        case PersonalData.PERSONAL_NUMBER | PersonalData.COORDINATION_NUMBER:
            return mask_digits(" ".join(value.split()))
        case PersonalData.PROTECTED_IDENTITY:
            return f"”{' '.join(value.split())}”"


def _is_mobile(text: str, number: Finding) -> bool:
    value = text[number.start : number.end]
    named = _NAMED.search(text[max(0, number.start - _BEFORE) : number.start])
    return value.startswith("07") and len(value) == 10 and not named


def _is_near_person(text: str, finding: Finding, pointing: Sequence[int]) -> bool:
    """Say whether a cue stands in a paragraph with other data, or alone as a marking."""
    if finding.kind is not PersonalData.PROTECTED_IDENTITY:
        return False
    end = text.find("\n\n", finding.end)
    near = bisect_left(pointing, text.rfind("\n\n", 0, finding.start))
    if near < len(pointing) and (end < 0 or pointing[near] < end):
        return True
    line = text[text.rfind("\n", 0, finding.start) + 1 : text.find("\n", finding.end)]
    rest = line.replace(text[finding.start : finding.end], "")
    return len(line) <= _STAMP and not re.search(r"\w{2}", rest) and not line.startswith("#")
