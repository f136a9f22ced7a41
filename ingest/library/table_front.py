"""What every table of the library has at its head, and how its words are written."""

from datetime import date

from pydantic import BaseModel, ConfigDict

from ingest.document import Status


class Part(BaseModel):
    """A part of a table: frozen, and strange keys are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class TableFront(Part):
    """The head of a table: the keys of a Document's front matter that it shares."""

    id: str
    title: str
    status: Status = Status.DRAFT
    edition: str
    valid_from: date | None = None
    valid_to: date | None = None
    decided_by: str | None = None
    owner: str = "AI-rådet"
    review_by: date | None = None

    def applies(self, on: date) -> bool:
        """Say whether the table is published and in force on a day."""
        begun = self.valid_from is None or self.valid_from <= on
        ended = self.valid_to is not None and self.valid_to < on
        return self.status is Status.PUBLISHED and begun and not ended
