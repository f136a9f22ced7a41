"""Examine sign-in: the settings, and whether the provider says what is needed."""

from collections.abc import Iterator
from datetime import UTC, datetime

from kb.doctor import Check, Level
from kb.settings import Settings
from kb.sign_in.calls import http_client
from kb.sign_in.provider import Provider
from kb.sign_in.setup import Oidc, read_oidc, read_trial

_NAME = "Inloggning"


def look_at_sign_in(settings: Settings) -> Iterator[Check]:
    """Yield what is found; raise VagvisarenError for settings or a provider of no use."""
    oidc = read_oidc(settings)
    if oidc is not None:
        yield from _look_at_provider(oidc)
    elif read_trial(settings):
        yield Check(
            _NAME,
            Level.WARN,
            "provkonton, bara på den egna datorn",
            "Ställ in stadens inloggning innan någon annan ska nå Vägvisaren.",
        )
    else:
        yield Check(_NAME, Level.OK, "inte inställd: webben svarar bara på den egna datorn")


def _look_at_provider(oidc: Oidc) -> Iterator[Check]:
    with http_client() as client:
        announced = Provider(oidc, client, now=lambda: datetime.now(UTC)).announced()
    found = f"{oidc.issuer} svarar, {len(announced.keys)} nycklar, svar till {oidc.redirect_uri}"
    if announced.keys:
        yield Check(_NAME, Level.OK, found)
    else:
        remedy = "Låt den som sköter inloggningstjänsten visa en RSA- eller EC-nyckel i jwks_uri."
        yield Check(_NAME, Level.FAIL, found, remedy)
    if not oidc.roles:
        yield Check(
            "Roller",
            Level.WARN,
            "alla som loggar in blir läsare",
            "Ange VAGVISAREN_OIDC_ROLES om rådet ska arbeta i webben.",
        )
