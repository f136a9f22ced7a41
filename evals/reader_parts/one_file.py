"""Read one file as intake does and say how it went, as one line of JSON on standard output."""

import json
import resource
import sys
import time
from contextlib import ExitStack
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any
from unittest.mock import patch

from evals.reader_parts.matching import Matched, kept_share, match_headings, odd_share, shown_in
from evals.reader_parts.seeds import own_headings, word_error
from evals.reader_parts.truth import Truth, read_truth
from ingest.document import BlockKind
from ingest.errors import RefusedFileError
from ingest.files.convert import Conversion, convert
from ingest.files.isolation import convert_isolated
from ingest.pdf.ocr import is_available


@dataclass(frozen=True, slots=True)
class Reading:
    """How one file was read; `seconds` of wall clock, `cpu` seconds and `peak` MiB of the child.

    `headings` holds, per source of truth and way of reading, the headings wanted and found:
    `outline` (the bookmarks), `tags` (the structure tree), `original` (a known text). After a
    `/`, `type` says that the reader saw neither bookmarks nor tags. `scanned`: OCR read it, in
    part at least; what its text layer says is then no measure.
    """

    name: str
    outcome: str
    pages: int | None = None
    blocks: int = 0
    seconds: float = 0.0
    cpu: float = 0.0
    peak: int = 0
    warnings: tuple[str, ...] = ()
    headings_read: int = 0
    headings: dict[str, Matched] | None = None
    precise: Matched | None = None
    error: float | None = None
    kept: float | None = None
    odd: float | None = None
    scanned: bool = False

    @property
    def is_pdf(self) -> bool:
        """Return whether it is a PDF, by its name."""
        return self.name.endswith(".pdf")

    def to_json(self) -> dict[str, Any]:
        """Return the reading as plain values; `from_json` takes them back."""
        return asdict(self)


def from_json(data: dict[str, Any]) -> Reading:
    """Return the reading that `to_json` wrote."""
    headings = {key: _matched(one) for key, one in (data["headings"] or {}).items()}
    precise = _matched(data["precise"]) if data["precise"] else None
    more = {"headings": headings or None, "precise": precise, "warnings": tuple(data["warnings"])}
    return Reading(**{**data, **more})


def _matched(data: dict[str, Any]) -> Matched:
    return Matched(data["wanted"], data["found"], tuple(data["missed"]))


def read_one(path: Path, *, name: str, compare: bool) -> Reading:
    """Read a file in a child process; `compare` it with what it says of itself."""
    start = time.perf_counter()
    try:
        conversion = convert_isolated(path)
    except RefusedFileError as refusal:
        return Reading(name, f"refused: {refusal}", seconds=_since(start), cpu=_cpu(), peak=_peak())
    seconds, cpu, peak = _since(start), _cpu(), _peak()
    reading = Reading(
        name,
        "read",
        conversion.pages,
        len(conversion.blocks),
        seconds,
        cpu,
        peak,
        conversion.warnings,
        len(_headings(conversion)),
        scanned=any(block.scanned for block in conversion.blocks),
    )
    return _compared(reading, path, conversion) if compare else reading


def _compared(reading: Reading, path: Path, conversion: Conversion) -> Reading:
    found = _headings(conversion)
    is_pdf = path.suffix == ".pdf"
    truth = read_truth(path) if is_pdf else Truth()
    outline = shown_in(truth.outline, truth.text)
    wanted = {"outline": outline, "tags": list(truth.tagged), "original": own_headings(path)}
    headings = {key: match_headings(titles, found) for key, titles in wanted.items() if titles}
    if is_pdf and headings:
        # Without bookmarks and tags it was read by type alone already.
        blind = _headings(_read_by_type(path)) if outline or truth.tagged else found
        for key in list(headings):
            headings[f"{key}/type"] = match_headings(wanted[key], blind)
            headings[f"{key}/type precision"] = match_headings(blind, wanted[key])
    complete = wanted["original"] or wanted["tags"]
    comparable = bool(truth.text) and not reading.scanned
    words = "\n".join(block.text for block in conversion.blocks)
    return replace(
        reading,
        headings=headings,
        precise=match_headings(found, complete) if complete else None,
        error=word_error(path, conversion.blocks),
        kept=round(kept_share(truth.text, words), 4) if comparable else None,
        odd=round(odd_share(truth.text, words), 4) if comparable else None,
    )


def _read_by_type(path: Path) -> Conversion:
    """Read a PDF as if it had neither bookmarks nor tags."""
    with ExitStack() as hidden:
        for hint in ("pdf.source.read_outline", "pdf.pages.read_tags"):
            hidden.enter_context(patch(f"ingest.{hint}", return_value={}))
        return convert(path, ocr=is_available())


def _headings(conversion: Conversion) -> list[str]:
    return [block.text for block in conversion.blocks if block.kind is BlockKind.HEADING]


def _since(start: float) -> float:
    return round(time.perf_counter() - start, 2)


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return round(used.ru_utime + used.ru_stime, 2)


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024


if __name__ == "__main__":
    file, label, compared = sys.argv[1:4]
    reading = read_one(Path(file), name=label, compare=compared == "compare")
    json.dump(reading.to_json(), sys.stdout, ensure_ascii=False)
