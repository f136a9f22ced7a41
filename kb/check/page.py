"""A Document as a file: its sections, and the lines that everything stands on."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ingest.document import Document
from ingest.library.heading import Heading, read_heading
from ingest.library.markdown import Section, sections
from kb.check.finding import Finding, Name, Severity


@dataclass(frozen=True, slots=True)
class Page:
    """A Document with the lines of its file.

    `body_line` is the file's line, counted from 1, that the body starts on. `sections` are those
    with a heading; a text before the first heading leads in the Document and is no section here.
    """

    name: str
    document: Document
    lines: tuple[str, ...]
    body_line: int
    sections: tuple[Section, ...]

    @property
    def is_authored(self) -> bool:
        """Say whether the council writes it: a converted original is kept as it was."""
        return self.document.front.original is None

    def line_of(self, section: Section) -> int:
        """Return the line of the section's heading."""
        return self.body_line + section.line - 1

    def heading_of(self, section: Section) -> Heading:
        """Return the section's heading as it is written."""
        return read_heading(self.lines[self.line_of(section) - 1])

    def line_of_key(self, key: str, *, below: str = "") -> int:
        """Return the line of a key of the header, or 1; `below` names the key it lies under."""
        inside = not below
        for number, line in enumerate(self.lines[: self.body_line - 1], start=1):
            if below and re.match(rf"{re.escape(below)}\s*:", line):
                inside = True
            elif inside and re.match(rf"\s*[\"']?{re.escape(key)}[\"']?\s*:", line):
                return number
        return 1

    def error(self, line: int, check: Name, what: str, remedy: str) -> Finding:
        """Report something that must be mended."""
        return Finding(self.name, line, Severity.ERROR, check, what, remedy)

    def warning(self, line: int, check: Name, what: str, remedy: str) -> Finding:
        """Report something to look at."""
        return Finding(self.name, line, Severity.WARNING, check, what, remedy)


def open_page(document: Document, path: Path, *, library: Path) -> Page:
    """Read the file that a Document of a library was loaded from."""
    text = path.read_text(encoding="utf-8")
    start = text.find(document.body) if document.body else len(text)
    return Page(
        name=str(path.relative_to(library)),
        document=document,
        lines=tuple(text.split("\n")),
        body_line=text.count("\n", 0, start) + 1,
        sections=tuple(section for section in sections(document.body) if section.headings),
    )


def text_of(section: Section) -> str:
    """Return a section's text, blocks parted by a blank line."""
    return "\n\n".join(block.text for block in section.blocks)


def lines_with(page: Page, pattern: re.Pattern[str]) -> Iterator[tuple[int, re.Match[str]]]:
    """Find a pattern in the file, line by line: the line's number and the match."""
    for number, line in enumerate(page.lines, start=1):
        for match in pattern.finditer(line):
            yield number, match
