"""Settings: one frozen record, read once from `VAGVISAREN_*`, unknown keys refused."""

import os
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal

from platformdirs import user_data_path
from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict
from pydantic_settings import SettingsError as UnreadableValueError

from ingest.errors import SettingsError
from ingest.screening.contact_data import PublicContacts, read_public_contacts
from kb.journal.records import Retained, Role
from kb.wrong_value import say_what_is_wrong

_PREFIX = "VAGVISAREN_"


class TrialRights(BaseModel):
    """What an account for trying out may do, and which audiences are open to it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    role: Role = Role.READER
    groups: frozenset[str] = frozenset()


class Settings(BaseSettings):
    """What an operator may choose; every field is also an environment variable."""

    model_config = SettingsConfigDict(
        env_prefix=_PREFIX, env_ignore_empty=True, frozen=True, extra="forbid"
    )

    library: Path = Field(default=Path("guidance"), description="Folder of Documents (Markdown).")
    data: Path = Field(
        default_factory=lambda: user_data_path("vagvisaren", appauthor=False),
        description="Folder of index, models and manifest: a cache, always rebuildable.",
    )
    embedding: str = Field(
        default="e5",
        description="`e5` (built in), `sentence-transformers:<folder>` or `openai:<model>`.",
    )
    embedding_url: str | None = Field(
        default=None, description="Base URL of an OpenAI-compatible endpoint."
    )
    embedding_key: SecretStr | None = Field(default=None, description="Key of that endpoint.")
    chroma_url: str | None = Field(default=None, description="Chroma server; unset means embedded.")
    host: str = Field(default="127.0.0.1", description="Address the web app listens on.")
    port: int = Field(
        default=7860, ge=0, le=65535, description="Port of the web app; 0 picks a free one."
    )
    api: bool = Field(
        default=True, description="Answer programs on `/api/` and `/mcp`, each call with a token."
    )
    public_contacts: Annotated[tuple[str, ...], NoDecode] = Field(
        default=(),
        description="Contacts that may be published: domains, addresses, numbers, with commas.",
    )
    as_of: date | None = Field(
        default=None, description="Answer as of this day; unset means today."
    )
    journal_url: SecretStr | None = Field(
        default=None, description="Database of the journal; unset means SQLite in `data`."
    )
    journal_ask: bool = Field(
        default=True, description="Journal a single question asked on the command line."
    )
    retention: dict[Retained, Annotated[int, Field(ge=1, le=36_500)]] = Field(
        default_factory=dict, description="Days that records are kept, by kind; others for good."
    )
    retention_decision: str | None = Field(
        default=None, description="The board's decision that the rules rest on."
    )
    contact: str | None = Field(
        default=None, description="Where staff report faults and barriers: shown on the pages."
    )
    council: dict[str, Role] = Field(
        default_factory=dict, description="Who has which role on the command line."
    )
    questions_per_minute: int = Field(
        default=20, ge=1, description="Questions that one person may ask in any minute."
    )
    questions_at_once: int = Field(
        default=3, ge=1, description="Questions of one person that may wait or be answered."
    )
    answers_at_once: int = Field(
        default=8, ge=1, description="Answers made at a time, for each language's page."
    )
    queue_length: int = Field(
        default=200, ge=1, description="Questions that may wait, for each language's page."
    )
    conversations: int = Field(
        default=500, ge=1, description="Conversations kept in memory, for each language's page."
    )
    stop_seconds: int = Field(
        default=20, ge=0, description="Seconds that running answers get when the server stops."
    )
    metrics_token: SecretStr | None = Field(
        default=None,
        min_length=20,
        description="Bearer token that opens `/matvarden`; unset means closed.",
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        default="info", description="The least that is logged."
    )
    log_format: Literal["text", "json"] = Field(
        default="text", description="How a line of the log is written."
    )
    actor: str | None = Field(
        default=None, description="Who acts on the command line; unset means the login."
    )
    # Sign-in; what must stand together is checked by `kb.sign_in.setup`.
    public_url: str | None = Field(
        default=None, description="The service's own address, https; the redirect URI builds on it."
    )
    trusted_proxy: str | None = Field(
        default=None, description="Addresses of the reverse proxy, with commas; unset means none."
    )
    oidc_issuer: str | None = Field(default=None, description="Issuer of the OIDC provider.")
    oidc_client_id: str | None = Field(default=None, description="The service's id there.")
    oidc_client_secret: SecretStr | None = Field(
        default=None, description="Its secret; unset for a public client."
    )
    oidc_scopes: str = Field(default="openid profile", description="Scopes that are asked for.")
    oidc_user_claim: str = Field(default="sub", description="Claim that is the person's id.")
    oidc_name_claim: str = Field(default="name", description="Claim that the page shows as name.")
    oidc_role_claim: str = Field(default="roles", description="Claim that holds roles.")
    oidc_roles: dict[str, Role] = Field(
        default_factory=dict, description="Role by value of that claim; others are readers."
    )
    oidc_group_claim: str = Field(default="groups", description="Claim that holds groups.")
    oidc_groups: dict[str, str] = Field(
        default_factory=dict, description="Audience by value of that claim; others open nothing."
    )
    oidc_required: str | None = Field(
        default=None, description="Claim that lets a person in, `claim=value`; unset means all."
    )
    session_minutes: int = Field(
        default=60, ge=1, le=24 * 60, description="Minutes that a session and its role hold."
    )
    session_idle_minutes: int = Field(
        default=30, ge=1, le=24 * 60, description="Minutes without a call that end a session."
    )
    trial_accounts: dict[str, TrialRights] = Field(
        default_factory=dict, description="Local accounts for trying out, on loopback only."
    )

    @field_validator("public_contacts", mode="before")
    @classmethod
    def _read_contacts(cls, value: object) -> object:
        entries = value.split(",") if isinstance(value, str) else value
        if isinstance(entries, (list, tuple)):
            try:
                read_public_contacts(entries)
            except SettingsError as error:
                raise ValueError(str(error)) from error
        return entries

    @property
    def contacts(self) -> PublicContacts:
        """Return the contact details that the council has made public."""
        return read_public_contacts(self.public_contacts)

    @property
    def models(self) -> Path:
        """Return the folder of built models, under `data`."""
        return self.data / "models"


def read_settings(**overrides: Any) -> Settings:
    """Read settings from the environment; keyword arguments that are not None win.

    Raises:
        SettingsError: an unknown `VAGVISAREN_` key or a value that cannot be used.
    """
    known = {_PREFIX + name.upper() for name in Settings.model_fields}
    unknown = sorted(key for key in os.environ if key.startswith(_PREFIX) and key not in known)
    if unknown:
        raise SettingsError(
            f"Okänd inställning {', '.join(unknown)}. Kända är {', '.join(sorted(known))}."
        )
    chosen = {key: value for key, value in overrides.items() if value is not None}
    try:
        return Settings(**chosen)
    except UnreadableValueError as error:
        names = [name for name in Settings.model_fields if f'"{name}"' in str(error)]
        keys = ", ".join(_PREFIX + name.upper() for name in names) or "En inställning"
        raise SettingsError(
            f'{keys} går inte att läsa. Skriv JSON på en rad, som {{"namn": "värde"}}; vad som kan '
            "stå där säger tabellen Settings i README."
        ) from error
    except ValidationError as error:
        first = error.errors()[0]
        key = _PREFIX + str(first["loc"][0]).upper() if first["loc"] else "inställningarna"
        raise SettingsError(f"{key} går inte att använda: {say_what_is_wrong(first)}.") from error
