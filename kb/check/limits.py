"""The figures and words that guidance is measured against, from `data/check.yaml`."""

from functools import cache

from pydantic import BaseModel, ConfigDict

from ingest.document import Kind
from ingest.shipped_data import read_yaml


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Bounds(_Part):
    """From where on a figure is a warning, and an error."""

    warning: int
    error: int


class Questions(_Part):
    """How many questions a section should have."""

    fewest: int
    most: int


class Lix(Bounds):
    """Bounds of LIX; a Document of fewer words is not measured."""

    fewest_words: int


class Duplicates(_Part):
    """When two sections are near duplicates; `share` is a Jaccard index in [0, 1]."""

    run_of_words: int
    share: float
    fewest_words: int


class Command(_Part):
    """Which first sentences command; lengths in words."""

    verbs: tuple[str, ...]
    longest_subject: int
    not_before_the_verb: tuple[str, ...]
    reported: tuple[str, ...]


class Limits(_Part):
    """Everything in `data/check.yaml`, which says why."""

    section_characters: Bounds
    questions: Questions
    lix: Lix
    duplicates: Duplicates
    allowed_phones: tuple[str, ...]
    allowed_emails: tuple[str, ...]
    command: Command
    no_commands_in: tuple[Kind, ...]


@cache
def shipped_limits() -> Limits:
    """Read the limits that ship with the project."""
    return Limits.model_validate(read_yaml("kb", "check.yaml"))
