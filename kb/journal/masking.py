"""Mask personal data in what is about to be written; the last place where it is looked for."""

import re
from collections.abc import Iterable
from datetime import date

from ingest.screening.as_seen import as_seen
from ingest.screening.contact_data import PublicContacts
from ingest.screening.look_through import find_personal_data
from ingest.screening.personal_data import Finding, PersonalData, find_personal_numbers

_UNWRITABLE = re.compile("[\x00\ud800-\udfff]")


def mask_person(text: str, *, today: date) -> str:
    """Mask what points at a person in a text that a person wrote: `[personnummer]`.

    What nobody sees in it is left out: it could hide what is looked for.
    """
    text = as_seen(writable(text))
    found = find_personal_data(text, today=today, public=PublicContacts())
    return _replace(text, (one for one in found if one.kind is not PersonalData.PROTECTED_IDENTITY))


def mask_quotes(text: str, *, today: date) -> str:
    """Mask personal numbers in a text made of the library's quotes; public contacts stay."""
    text = writable(text)
    return _replace(text, find_personal_numbers(text, today=today))


def writable(text: str) -> str:
    """Replace what a database cannot keep: NUL and half characters."""
    return _UNWRITABLE.sub("\ufffd", text)


def _replace(text: str, findings: Iterable[Finding]) -> str:
    out, at = [], 0
    for finding in findings:
        if finding.start < at:  # lies within what is masked already
            continue
        out += [text[at : finding.start], f"[{finding.kind.value}]"]
        at = finding.end
    return "".join((*out, text[at:]))
