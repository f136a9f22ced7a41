"""Write the report of an intake: one HTML file that needs nothing else, to read or print."""

from base64 import b64encode
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined

from ingest.document import Status
from ingest.errors import RefusedFileError
from ingest.files.kept import write_whole
from ingest.intake.changes import ChangeKind, Piece, word_pieces
from ingest.intake.changes_text import name, shorten_pieces, summarise
from ingest.intake.folders import Missing
from ingest.intake.taken import Taken, Terms
from ingest.screening.personal_data import mask_numbers
from kb.ingesting.found import FoundValue, found_values
from kb.ingesting.lines import OUTCOMES, count_line, missing_line
from kb.ingesting.samples import Sample, choose_samples, draw_samples

_MOST_PICTURES = 60  # in one report: a page is 60 kB
_STATUSES = {
    Status.DRAFT: "utkast",
    Status.IN_REVIEW: "under granskning",
    Status.PUBLISHED: "publicerat",
    Status.WITHDRAWN: "tillbakadraget",
}
_MOST_CHANGES = 40  # passages shown of one file


@dataclass(frozen=True, slots=True)
class ChangeView:
    """A changed passage: what happened, its name, its words as kept, struck and added."""

    kind: str
    name: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """One file of the report."""

    path: str
    outcome: str
    reason: str
    document: str
    status: str
    pages: int | None
    seconds: float
    remarks: tuple[str, ...]
    values: tuple[FoundValue, ...]
    summary: str
    changes: tuple[ChangeView, ...]
    more_changes: int
    samples: tuple[Sample, ...]


@dataclass(slots=True)
class Report:
    """What is said of each file, gathered while files are taken in."""

    terms: Terms
    sections: list[Section] = field(default_factory=list)

    def add(self, taken: Taken) -> None:
        """Note a file; only what the report shows of it is kept."""
        self.sections.append(_section(taken, self.terms.today))

    def write(self, path: Path, *, missing: Sequence[Missing], seconds: float) -> None:
        """Draw the sampled pages and write the report.

        Raises:
            RefusedFileError: it cannot be written there.
        """
        samples = [sample for section in self.sections for sample in section.samples]
        drawn = [sample for sample in samples if sample.picture][:_MOST_PICTURES]
        pictures = {
            id(sample): b64encode(image).decode()
            for sample, image in zip(drawn, draw_samples(drawn), strict=True)
            if image
        }
        html = (
            _templates()
            .get_template("ingest-report.html")
            .render(
                sections=self.sections,
                counts=count_line(Counter(section.outcome for section in self.sections)),
                missing=[missing_line(one).removeprefix("obs: ") for one in missing],
                preview=self.terms.preview,
                today=self.terms.today,
                seconds=seconds,
                picture=lambda sample: pictures.get(id(sample)),
                pictures_left=sum(bool(sample.picture) for sample in samples) - len(drawn),
            )
        )
        try:
            write_whole(path, html.encode())
        except RefusedFileError as error:
            raise RefusedFileError(f"Rapporten: {error}") from error


def _section(taken: Taken, today: date) -> Section:
    file, document = taken.file, taken.document
    changes = list(_changes(taken, today))
    return Section(
        path=mask_numbers(file.path, today=today),
        outcome=file.outcome,
        reason=file.reason or "",
        document=document.key if document else "",
        status=_STATUSES[document.front.status] if document else "",
        pages=file.pages,
        seconds=file.seconds,
        remarks=taken.remarks,
        values=found_values(taken, today=today),
        summary=summarise(taken.changes) if taken.changes else "",
        changes=tuple(changes[:_MOST_CHANGES]),
        more_changes=max(0, len(changes) - _MOST_CHANGES),
        samples=choose_samples(taken, today=today),
    )


def _changes(taken: Taken, today: date) -> Iterator[ChangeView]:
    for change in taken.changes.passages if taken.changes else ():
        after = mask_numbers(change.passage.text, today=today)
        before = mask_numbers(change.before.text, today=today) if change.before else ""
        match change.kind:
            case ChangeKind.NEW:
                pieces: tuple[Piece, ...] = (("", "", after),)
            case ChangeKind.DROPPED:
                pieces = (("", after, ""),)
            case ChangeKind.CHANGED:
                pieces = tuple(shorten_pieces(word_pieces(before, after)))
        yield ChangeView(change.kind.value, mask_numbers(name(change.passage), today=today), pieces)


@cache
def _templates() -> Environment:
    environment = Environment(
        loader=PackageLoader("kb", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["outcomes"] = OUTCOMES
    environment.filters["decimal"] = lambda value: f"{value:.1f}".replace(".", ",")
    return environment
