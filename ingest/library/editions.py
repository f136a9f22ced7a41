"""Editions: which is newer, what the next one is called, which file one lies in."""

import re

from ingest.document import FrontMatter

_DIGITS = re.compile(r"(\d+)")
_LONGEST_ID = 80


def age(edition: str) -> tuple[tuple[int, int, str], ...]:
    """Return what editions are ordered by: numbers as numbers, 2026-10 after 2026-9."""
    return tuple(
        (1, int(part), "") if part.isdecimal() else (0, 0, part)
        for part in _DIGITS.split(edition)
        if part
    )


def next_edition(edition: str) -> str:
    """Count the last number of an edition up: `1` to `2`, `2026-1` to `2026-2`."""
    match = re.search(r"\d+$", edition)
    if match is None:
        return f"{edition}-2"
    return edition[: match.start()] + str(int(match.group()) + 1)


def file_stem(front: FrontMatter) -> str:
    """Return the file name of a later edition, without its ending: `plan@2026-2`.

    An edition is free text, from a file that anyone may have written: only letters, digits,
    dots inside and hyphens of it are used.
    """
    edition = re.sub(r"[^a-z0-9.]+", "-", front.edition.lower()).strip(".-")[:40]
    return f"{front.id}@{edition or 'utgava'}"


def slug(title: str) -> str:
    """Return a readable id of a title; a year at its end survives shortening."""
    plain = title.lower().translate(str.maketrans("åäöéüæø", "aaoeuao"))
    name = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    year = re.search(r"-(?:19|20)\d\d$", name)
    if len(name) > _LONGEST_ID:
        tail = year.group() if year else ""
        name = name[: _LONGEST_ID - len(tail)].rsplit("-", 1)[0] + tail
    return name or "dokument"
