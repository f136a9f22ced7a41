"""Tell the bullets and numbers that start list items from what only looks like one."""

import re

from ingest.text.pieces import ends_sentence

BULLET = re.compile(r"\s*(?:[•●▪■‣➢◦▫–—−*\x7f\x95-]|o|[\ue000-\uf8ff])\s+(?=\S)")
NUMBERED = re.compile(r"\s*(\d{1,2})[.)]\s+(?=\S)")
LETTERED = re.compile(r"\s*([a-zåäö]\))\s+(?=\S)")


def item_marker(line: str) -> tuple[str, str] | None:
    """Return the Markdown marker and the text of a line that starts a list item, else None."""
    for pattern in (BULLET, NUMBERED, LETTERED):
        match = pattern.match(line)
        if match is None:
            continue
        text = line[match.end() :].strip()
        if pattern is NUMBERED:
            return f"{match.group(1)}.", text
        return "-", f"{match.group(1)} {text}" if pattern is LETTERED else text
    return None


def is_wrapped_marker(before: str, line: str, width: float) -> bool:
    """Return whether a line only looks like an item: "§" on one line, "58. I" on the next.

    Then the line before is full and goes on; a round bullet is always an item.
    """
    if re.match(r"\s*[^\w\s–*-]", line):
        return False
    return not ends_sentence(before) and (len(before) > 0.85 * width or before.endswith("§"))
