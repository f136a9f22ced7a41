"""Check that guidance holds no personal data: numbers, addresses, other telephones."""

import re
from collections.abc import Iterator
from datetime import date

from ingest.screening.personal_data import find_personal_numbers
from kb.check.finding import Finding, Name
from kb.check.limits import Limits
from kb.check.page import Page, lines_with

_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_PHONE = re.compile(r"(?<![\w§:/.-])(?:\+46|0046|0)[ -]?\d(?:[ -]?\d){6,10}(?![\w:/-])")


def check_personal_data(page: Page, *, today: date, limits: Limits) -> Iterator[Finding]:
    """Find personal numbers, e-mail addresses and telephone numbers that are not allowed."""
    for number, line in enumerate(page.lines, start=1):
        for found in find_personal_numbers(line, today=today):
            yield page.error(
                number,
                Name.PERSONAL_DATA,
                f"ser ut att innehålla ett {found.kind}.",
                "Ta bort numret; ett exempel behöver inget.",
            )
    # An original may name an official; the council decides whether it is to be shown.
    report = page.error if page.is_authored else page.warning
    allowed = {_digits(phone) for phone in limits.allowed_phones}
    for number, match in lines_with(page, _PHONE):
        if _digits(match[0]) not in allowed:
            yield report(
                number,
                Name.PERSONAL_DATA,
                f"telefonnumret {match[0]} är inte växeln.",
                f"Skriv rollen att fråga, eller växeln {', '.join(limits.allowed_phones)}.",
            )
    for number, match in lines_with(page, _EMAIL):
        if match[0].lower() not in limits.allowed_emails:
            yield report(
                number,
                Name.PERSONAL_DATA,
                f"e-postadressen {match[0]} hör till en person eller kan ändras.",
                "Skriv rollen att fråga i stället.",
            )


def _digits(phone: str) -> str:
    """Return a telephone number's figures, without the country's."""
    return re.sub(r"\D", "", re.sub(r"^(\+|00)46", "0", phone))
