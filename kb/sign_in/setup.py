"""Read what the settings say of sign-in: a provider, accounts for trying out, or nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from ipaddress import ip_address
from urllib.parse import urlsplit

from pydantic import SecretStr

from ingest.errors import SettingsError
from kb.journal.records import Role
from kb.person import Person
from kb.settings import Settings

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
CALLBACK = "/logga-in/svar"
LOGGED_OUT = "/utloggad"


@dataclass(frozen=True, slots=True)
class Oidc:
    """The city's provider as settings name it; `origin` is the service's own, without a path.

    `required` is a claim and the value it must have, or hold, for a person to be let in.
    """

    issuer: str
    client_id: str
    client_secret: SecretStr | None
    origin: str
    scopes: str
    user_claim: str
    name_claim: str
    role_claim: str
    roles: Mapping[str, Role]
    group_claim: str
    groups: Mapping[str, str]
    required: tuple[str, str] | None

    @property
    def redirect_uri(self) -> str:
        """Return the address that the provider sends a person back to."""
        return self.origin + CALLBACK

    @property
    def logged_out_uri(self) -> str:
        """Return the address that the provider may send a person to who has signed out."""
        return self.origin + LOGGED_OUT

    @property
    def claims(self) -> frozenset[str]:
        """Return the claims that decide who a person is and what they may do."""
        required = {self.required[0]} if self.required else set()
        return frozenset({self.user_claim, self.role_claim, self.group_claim} | required)


@dataclass(frozen=True, slots=True)
class SessionLimits:
    """How long a session holds: at most, and without a call."""

    whole: timedelta
    idle: timedelta


def read_oidc(settings: Settings) -> Oidc | None:
    """Return the provider that the settings name; None where none is named.

    Raises:
        SettingsError: half of it is missing, or an address is not one that can be trusted.
    """
    issuer, client, own = settings.oidc_issuer, settings.oidc_client_id, settings.public_url
    if not (issuer or client or own or settings.oidc_client_secret):
        return None
    if not (issuer and client and own):
        named = {"OIDC_ISSUER": issuer, "OIDC_CLIENT_ID": client, "PUBLIC_URL": own}
        missing = [f"VAGVISAREN_{name}" for name, value in named.items() if not value]
        raise SettingsError(
            f"Inloggningen är halvt inställd: {', '.join(missing)} saknas. Ange det som saknas, "
            "eller ta bort resten så svarar Vägvisaren bara på den egna datorn."
        )
    if settings.trial_accounts:
        raise SettingsError(
            "VAGVISAREN_TRIAL_ACCOUNTS och VAGVISAREN_OIDC_ISSUER kan inte användas tillsammans. "
            "Ta bort provkontona: de är bara till för att prova."
        )
    return Oidc(
        issuer=_trusted("VAGVISAREN_OIDC_ISSUER", issuer),
        client_id=client,
        client_secret=settings.oidc_client_secret,
        origin=_origin(own),
        scopes=_with_openid(settings.oidc_scopes),
        user_claim=settings.oidc_user_claim,
        name_claim=settings.oidc_name_claim,
        role_claim=settings.oidc_role_claim,
        roles=settings.oidc_roles,
        group_claim=settings.oidc_group_claim,
        groups=settings.oidc_groups,
        required=_required(settings.oidc_required),
    )


def read_trial(settings: Settings) -> tuple[Person, ...]:
    """Return the accounts for trying out, by name."""
    return tuple(
        Person(user=name, name=name, role=rights.role, groups=rights.groups)
        for name, rights in sorted(settings.trial_accounts.items())
    )


def read_limits(settings: Settings) -> SessionLimits:
    """Return how long a session holds."""
    return SessionLimits(
        whole=timedelta(minutes=settings.session_minutes),
        idle=timedelta(minutes=settings.session_idle_minutes),
    )


def is_loopback(host: str | None) -> bool:
    """Tell whether a host name or address is this machine and no other."""
    if host == "localhost":
        return True
    try:
        return host is not None and ip_address(host).is_loopback
    except ValueError:
        return False


def _trusted(name: str, address: str) -> str:
    """Return an address that is https, or http to this machine, with nothing hidden in it."""
    try:
        parts = urlsplit(address)
        plain = not (parts.query or parts.fragment or parts.username or parts.password)
        known = parts.hostname and plain and (parts.port is None or parts.port > 0)
    except ValueError:
        known = False
    if not known or any(sign.isspace() or sign == "\\" for sign in address):
        raise SettingsError(
            f"{name} är ingen adress. Skriv som https://inloggning.kommunen.se, utan ? och #."
        )
    if parts.scheme != "https" and not (parts.scheme == "http" and is_loopback(parts.hostname)):
        raise SettingsError(f"{name} måste börja med https://. Bara den egna datorn får ha http.")
    return address


def _origin(address: str) -> str:
    parts = urlsplit(_trusted("VAGVISAREN_PUBLIC_URL", address))
    if parts.path not in ("", "/"):
        raise SettingsError(
            "VAGVISAREN_PUBLIC_URL har en sökväg. Vägvisaren behöver en egen adress: skriv som "
            "https://vagvisaren.kommunen.se."
        )
    host = f"[{parts.hostname}]" if ":" in str(parts.hostname) else str(parts.hostname)
    usual = {"https": 443, "http": 80}[parts.scheme]
    port = "" if parts.port in (None, usual) else f":{parts.port}"
    return f"{parts.scheme}://{host}{port}"


def _with_openid(scopes: str) -> str:
    named = scopes.split()
    return " ".join(named if "openid" in named else ["openid", *named])


def _required(rule: str | None) -> tuple[str, str] | None:
    if rule is None:
        return None
    claim, _, value = rule.partition("=")
    if not claim.strip() or not value.strip():
        raise SettingsError(
            "VAGVISAREN_OIDC_REQUIRED går inte att läsa. Skriv anspråk=värde, till exempel "
            "organisation=kommunen."
        )
    return claim.strip(), value.strip()
