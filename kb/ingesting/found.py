"""What was found in a file, arranged for a reviewer: proposals beside what stands, places."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ingest.document import Document
from ingest.intake.taken import Taken
from ingest.library.front_matter import dump
from ingest.library.places import Place, Places
from ingest.metadata.proposals import Proposal
from ingest.screening.personal_data import mask_numbers

LABELS = {
    "title": "titel",
    "kind": "sort",
    "year": "år",
    "decided_by": "beslutat av",
    "dnr": "diarienummer",
    "dated": "dokumentets datum",
    "edition": "utgåva enligt dokumentet",
    "valid_from": "gäller från",
    "valid_to": "gäller till",
    "review_by": "översyn senast",
    "supersedes": "ersätter",
}


@dataclass(frozen=True, slots=True)
class FoundValue:
    """A proposal: what is proposed for a key, what stands there, how and where it was found."""

    key: str
    label: str
    value: str
    stands: str
    rule: str
    quote: str
    page: int | None
    line: int | None

    @property
    def where(self) -> str:
        """Return the place as a person says it; "" where there is none."""
        if self.line is None:
            return f"s. {self.page}" if self.page else ""
        return str(Place(self.page, self.line))


def found_values(taken: Taken, *, today: date) -> tuple[FoundValue, ...]:
    """Return the proposals of a file beside its Document; lines are those of its file."""
    document = taken.document
    if document is None:
        return ()
    text = dump(document)
    body = text.index("\n---\n") + 1
    places = Places(text)
    return tuple(
        _found(one, places.of(one.quote, page=one.page, start=body), document, today)
        for one in taken.proposals
    )


def document_text(document: Document, *, today: date) -> str:
    """Return a Document as it is, or would be, written, every personal number masked."""
    digest = document.front.original_digest
    text = mask_numbers(dump(document).replace(digest or "\0", "\0"), today=today)
    return text.replace("\0", digest or "")


def _found(proposal: Proposal, place: Place | None, document: Document, today: date) -> FoundValue:
    return FoundValue(
        key=proposal.key,
        label=LABELS.get(proposal.key, proposal.key),
        value=mask_numbers(proposal.value, today=today),
        stands=mask_numbers(_stands(proposal.key, document), today=today),
        rule=proposal.rule,
        quote=mask_numbers(proposal.quote, today=today),
        page=proposal.page or (place.page if place else None),
        line=place.line if place else None,
    )


def _stands(key: str, document: Document) -> str:
    """Return what the front matter says; "" for a key it has not, or says nothing of."""
    value = getattr(document.front, key, None)
    if value is None:
        return ""
    return value.value if isinstance(value, StrEnum) else str(value)
