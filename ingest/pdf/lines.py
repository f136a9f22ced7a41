"""Gather the runs of a PDF page into lines."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pypdf import PageObject

from ingest.pdf.runs import Run, read_runs
from ingest.pdf.tags import Tag, Tags
from ingest.pdf.view import View

_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_RAISED_SIZE = 0.82
_CELL_ROLES = frozenset({"TD", "TH"})


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a page, which counts from 1; size, face and tag are of its longest run.

    `hint` is the level that bookmarks or a table of contents give it, `heading` the level it
    was found to have; 0 is none. A `scanned` line was read by OCR, which knows no weight.
    """

    page: int
    text: str
    x: float
    y: float
    size: float
    bold: bool
    italic: bool
    tag: Tag
    artifact: bool
    runs: tuple[Run, ...]
    hint: int = 0
    heading: int = 0
    scanned: bool = False


@dataclass(frozen=True, slots=True)
class PageText:
    """The lines of a page in the order the file draws them; the rest as PageRuns.

    `scanned` says that the text was read from a picture, here or by whoever made the file;
    `unread` that the page shows something, but that its text was not read. `uncertain` counts
    lines that OCR could not make out. `blank` says that nothing is to be seen.
    """

    lines: list[Line]
    height: float
    hidden: tuple[str, ...] = ()
    doubtful: tuple[str, ...] = ()
    scanned: bool = False
    unread: bool = False
    uncertain: int = 0
    blank: bool = False


def read_lines(page: PageObject, number: int, tags: Tags, view: View | None) -> PageText:
    """Read the lines of page `number`, which counts from 1."""
    found = read_runs(page, number, tags, view)
    return PageText(
        _rejoin(_split_runs(found.runs), number),
        found.height,
        found.hidden,
        found.doubtful,
        scanned=view is not None and view.is_layered,
        blank=view is not None and view.ink.is_blank,
    )


def _split_runs(pieces: Sequence[Run | None]) -> list[list[Run]]:
    """Part runs at line ends, and where the tag says that another block begins."""
    lines: list[list[Run]] = [[]]
    for piece in pieces:
        if piece is None:
            lines.append([])
            continue
        inked = [run for run in lines[-1] if run.text.strip()]
        if inked and piece.text.strip() and _parts(inked[-1], piece):
            lines.append([])
        lines[-1].append(piece)
    return [line for line in lines if any(run.text.strip() for run in line)]


def _parts(before: Run, run: Run) -> bool:
    if before.artifact != run.artifact:
        return True
    if before.tag.element == run.tag.element:
        return False
    roles = {before.tag.role, run.tag.role}
    return any(role in _CELL_ROLES or role[:1] == "H" or "Note" in role for role in roles)


def _rejoin(lines: Sequence[Sequence[Run]], page: int) -> list[Line]:
    """Make Lines; put back raised numbers and what follows them on the same baseline."""
    out: list[Line] = []
    for runs in lines:
        line = _line(runs, page)
        if out and _is_raised(line, out[-1]):
            raised = line.text.translate(_SUPERSCRIPTS)
            out[-1] = replace(out[-1], text=out[-1].text + raised)
        elif out and _follows_raised(line, out[-1]):
            joined = f"{out[-1].text} {line.text}"
            out[-1] = replace(out[-1], text=joined, runs=out[-1].runs + line.runs)
        else:
            out.append(line)
    return out


def _line(runs: Sequence[Run], page: int) -> Line:
    inked = [run for run in runs if run.text.strip()]
    longest = max(inked, key=lambda run: len(run.text.strip()))
    words = []
    for run in runs:
        small = run.size <= _RAISED_SIZE * longest.size and re.fullmatch(r"\s*\d{1,2}\s*", run.text)
        words.append(run.text.strip().translate(_SUPERSCRIPTS) if small else run.text)
    text = " ".join("".join(words).split())
    first = inked[0]
    return Line(
        page,
        text,
        first.x,
        longest.y,
        longest.size,
        longest.bold,
        longest.italic,
        longest.tag,
        first.artifact,
        tuple(inked),
    )


def _is_raised(line: Line, before: Line) -> bool:
    small = line.size <= _RAISED_SIZE * before.size
    small = small and re.fullmatch(r"\d{1,2}", line.text) is not None
    return small and 0 < line.y - before.y < before.size and line.x > before.x


def _follows_raised(line: Line, before: Line) -> bool:
    raised = re.search("[⁰¹²³⁴⁵⁶⁷⁸⁹]$", before.text) is not None
    level = abs(before.y - line.y) < 0.2 * line.size and line.x > before.runs[-1].x
    return raised and level and line.artifact == before.artifact
