"""A Document's body as units: what stands between blank lines, each with its pages."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from ingest.library.page_marker import Pages, read_marker, write_marker


@dataclass(frozen=True, slots=True)
class Unit:
    """A heading, paragraph, list or table as it stands in the body, and its pages if any."""

    text: str
    pages: Pages | None = None


def units_of(body: str) -> list[Unit]:
    """Return the units of a body in order; page markers become their pages."""
    units: list[Unit] = []
    pages: Pages | None = None
    for chunk in re.split(r"\n[ \t]*\n", body.strip("\n")):
        lines: list[str] = []
        for line in chunk.strip("\n").split("\n"):
            marker = read_marker(line)
            if marker is None:
                lines.append(line)
                continue
            units += _unit(lines, pages)
            lines = []
            pages = marker
        units += _unit(lines, pages)
    return units


def body_of(units: Iterable[Unit]) -> str:
    """Return the body of units, with a page marker where the pages change."""
    parts: list[str] = []
    shown: Pages | None = None
    for unit in units:
        if unit.pages and unit.pages != shown:
            parts.append(write_marker(unit.pages))
            shown = unit.pages
        parts.append(unit.text)
    return "\n\n".join(parts) + "\n" if parts else ""


def _unit(lines: list[str], pages: Pages | None) -> list[Unit]:
    text = "\n".join(lines)
    return [Unit(text, pages)] if text.strip() else []
