"""Waivers: single cases that may be worse for a while, by name, with reason, role and last day."""

from datetime import date
from pathlib import Path

from pydantic import Field

from evals.tables import Table, read_table

WAIVERS = Path(__file__).parent / "waivers.toml"
REMOVED = "removed"  # in place of a metric: the case itself was taken away


class Waiver(Table):
    """One case that may be worse in one figure; `case` is `suite/id`, `expires` the last day."""

    case: str = Field(pattern=r"^[^/\s]+/\S+$")
    metric: str = Field(min_length=1)
    reason: str = Field(min_length=10)
    approved_by: str = Field(min_length=2, description="A role, not a person.")
    expires: date


class _Waivers(Table):
    waiver: tuple[Waiver, ...] = ()


def read_waivers(path: Path = WAIVERS) -> tuple[Waiver, ...]:
    """Read the waivers; a missing file holds none.

    Raises:
        SettingsError: the file says something that cannot be used.
    """
    return read_table(path, _Waivers).waiver if path.exists() else ()
