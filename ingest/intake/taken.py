"""What a person says of files to take in, and what became of each."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Literal

from ingest.document import Document, Kind, Status
from ingest.intake.changes import Changes
from ingest.metadata.proposals import Proposal
from ingest.screening.contact_data import PublicContacts
from ingest.screening.look_through import Sighting

FileResult = Literal["added", "changed", "unchanged", "refused"]


@dataclass(frozen=True, slots=True)
class Overrides:
    """What the person who takes files in says of them; None leaves it to the text."""

    kind: Kind | None = None
    title: str | None = None
    year: int | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    status: Status | None = None


@dataclass(frozen=True, slots=True)
class Terms:
    """What applies to all files of one intake.

    `reviewed` holds the names of files whose personal numbers a reviewer has accepted;
    `public` the contact details that are no personal data; a `preview` writes nothing. `review`
    returns further Swedish warnings of a Document, by what else the library says.
    """

    today: date
    overrides: Overrides = field(default_factory=Overrides)
    public: PublicContacts = field(default_factory=PublicContacts)
    reviewed: frozenset[str] = frozenset()
    preview: bool = False
    review: Callable[[Document], tuple[str, ...]] = lambda _: ()


@dataclass(frozen=True, slots=True)
class FileOutcome:
    """What became of one file; the keys of the JSON that `vagvisaren ingest` prints."""

    path: str
    outcome: FileResult
    document_id: str | None = None
    reason: str | None = None
    warnings: tuple[str, ...] = ()
    pages: int | None = None
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Taken:
    """One file: what became of it, and all that a reviewer should see.

    `document` is as it was written, or in a preview as it would be; `earlier` the edition it
    comes after, with the `changes`. `remarks` are the warnings that stand, also when the file
    is unchanged and was warned of before.
    """

    source: Path
    file: FileOutcome
    document: Document | None = None
    earlier: Document | None = None
    changes: Changes | None = None
    proposals: tuple[Proposal, ...] = ()
    sightings: tuple[Sighting, ...] = ()
    remarks: tuple[str, ...] = ()
