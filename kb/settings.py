"""Settings: one frozen record, read once from `VAGVISAREN_*`, unknown keys refused."""

import os
from datetime import date
from pathlib import Path
from typing import Annotated, Any

from platformdirs import user_data_path
from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict
from pydantic_settings import SettingsError as UnreadableValueError

from ingest.errors import SettingsError
from ingest.screening.contact_data import PublicContacts, read_public_contacts
from kb.journal.records import Retained, Role

_PREFIX = "VAGVISAREN_"


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
    retention: dict[Retained, Annotated[int, Field(ge=1)]] = Field(
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
    actor: str | None = Field(
        default=None, description="Who acts on the command line; unset means the login."
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
            f'{keys} går inte att läsa. Skriv JSON, till exempel {{"turn": 730}}.'
        ) from error
    except ValidationError as error:
        first = error.errors()[0]
        key = _PREFIX + str(first["loc"][0]).upper() if first["loc"] else "inställningarna"
        raise SettingsError(f"{key} går inte att använda: {first['msg']}.") from error
