"""Read the council's TOML files into frozen records, with errors a council member can mend."""

import tomllib
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from ingest.errors import SettingsError


class Table(BaseModel):
    """A table of such a file: frozen, unknown keys refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


Read = TypeVar("Read", bound=Table)


def read_table(path: Path, form: type[Read]) -> Read:
    """Read a TOML file as a record.

    Raises:
        SettingsError: the file is missing, no TOML, or says something that cannot be used.
    """
    try:
        return form.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except OSError as error:
        raise SettingsError(f"{path} går inte att läsa. Ange en fil som finns.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path.name} är inte TOML: {error}. Rätta raden.") from error
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise SettingsError(f"{path.name}: {where}: {first['msg']}. Rätta värdet.") from error
