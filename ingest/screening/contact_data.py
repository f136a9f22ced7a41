"""Find e-mail addresses and phone numbers, and tell the public ones from the private."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from phonenumbers import PhoneNumberFormat, PhoneNumberMatcher, format_number

from ingest.errors import SettingsError
from ingest.screening.personal_data import Finding, PersonalData

_AT = r"\s?(?:@|[(\[]\s?(?:at|snabel-?a)\s?[)\]])\s?"
_EMAIL = re.compile(
    rf"(?<![\w.+-])(?P<name>[\w.%+'-]{{1,64}}){_AT}(?P<domain>[\w-]{{1,63}}(?:\.[\w-]{{1,63}})+)",
    re.IGNORECASE,
)
_CLOCK = re.compile(r"[0-2]?\d[.:][0-5]\d(?:\s?[-–]\s?[0-2]?\d[.:][0-5]\d)?")
_SERIES = re.compile(r"\+?[\d\s()/-]{2,}\*?")
# Mailboxes of a function, of any employer: nobody's name, so nobody's personal data.
FUNCTIONS = frozenset(
    "admin arkiv bygglov dataskydd dataskyddsombud diarium dpo fritid info information inkop "
    "kansli kansliet kommun kommunen kontakt kontaktcenter kundtjanst kundtjänst ledning malmostad "
    "myndighet noreply no-reply press reception registrator registratur servicedesk skola "
    "socialjour stadskontoret support upphandling vaxel växel webmaster".split()
)

SHARED: Mapping[str, re.Pattern[str]] = MappingProxyType({"email": _EMAIL, "clock": _CLOCK})
"""The patterns by name, for the page that looks for the same before a question is sent."""


@dataclass(frozen=True, slots=True)
class PublicContacts:
    """The contact details that the council has decided may be published.

    `domains` of e-mail (subdomains too), whole `addresses`, and `numbers`: the beginning of a
    series (`+4640341`) or, closed by a `$`, a whole number (`+4640341000$`).
    """

    domains: frozenset[str] = frozenset()
    addresses: frozenset[str] = frozenset()
    numbers: tuple[str, ...] = ()

    def has_address(self, address: str) -> bool:
        """Say whether an address, or the domain it lies in, is public."""
        domain = address.rpartition("@")[2]
        parts = domain.split(".")
        above = {".".join(parts[at:]) for at in range(len(parts))}
        return address in self.addresses or bool(above & self.domains)

    def has_number(self, number: str) -> bool:
        """Say whether an international number (`+46…`) is public."""
        return number.startswith(self.numbers) if self.numbers else False


def read_public_contacts(entries: Iterable[str]) -> PublicContacts:
    """Read what the council has written: `malmo.se`, `x@y.se`, `040-34 10 00`, `040-34*`.

    Raises:
        SettingsError: an entry is none of these.
    """
    domains, addresses, numbers = set(), set(), []
    for entry in filter(None, (entry.strip().lower() for entry in entries)):
        if "@" in entry.lstrip("@"):
            addresses.add(entry)
        elif _SERIES.fullmatch(entry):
            numbers.append(_international(entry) + ("" if entry.endswith("*") else "$"))
        elif re.fullmatch(r"@?[\w-]+(?:\.[\w-]+)+", entry):
            domains.add(entry.lstrip("@"))
        else:
            raise SettingsError(
                f"'{entry}' är ingen kontaktuppgift. Skriv en domän (malmo.se), en adress, ett "
                "telefonnummer eller en nummerserie (040-34*), med komma emellan."
            )
    return PublicContacts(frozenset(domains), frozenset(addresses), tuple(numbers))


def find_contacts(text: str, *, public: PublicContacts) -> tuple[Finding, ...]:
    """Find e-mail addresses and phone numbers that are not public, in order of place.

    A function's mailbox (`registrator@`) is nobody's. Phones are found as Google's
    libphonenumber finds them in Swedish text, opening hours excepted.
    """
    found = [*_emails(text, public), *_phones(text, public)]
    return tuple(sorted(found, key=lambda finding: finding.start))


def mask_email(address: str) -> str:
    """Return an address with its first letter and its domain: `a•••@example.se`."""
    found = _EMAIL.search(address)
    return f"{found['name'][0]}•••@{found['domain'].lower()}" if found else "•••"


def mask_phone(number: str) -> str:
    """Return a phone number with its first three digits only: `070-••• •• ••`."""
    seen = 0
    out = []
    for character in number:
        seen += character.isdigit()
        out.append("•" if character.isdigit() and seen > 3 else character)
    return "".join(out)


def _emails(text: str, public: PublicContacts) -> Iterator[Finding]:
    for match in _EMAIL.finditer(text):
        name, domain = match["name"].lower(), match["domain"].lower()
        last = domain.rpartition(".")[2]
        if not 2 <= len(last) <= 24 or not last.isalpha() or name in FUNCTIONS:
            continue
        if not public.has_address(f"{name}@{domain}"):
            yield Finding(PersonalData.EMAIL, *match.span())


def _phones(text: str, public: PublicContacts) -> Iterator[Finding]:
    for match in PhoneNumberMatcher(text, "SE"):
        if _CLOCK.fullmatch(match.raw_string.strip()):
            continue
        if not public.has_number(format_number(match.number, PhoneNumberFormat.E164) + "$"):
            yield Finding(PersonalData.PHONE, match.start, match.end)


def _international(number: str) -> str:
    digits = re.sub(r"[^\d+]", "", number)
    if digits.startswith("00"):
        return f"+{digits[2:]}"
    return digits if digits.startswith("+") else f"+46{digits.removeprefix('0')}"
