"""Join the lines of a table's cells: a narrow column breaks words, with a hyphen or without."""

import re
from collections.abc import Sequence

from ingest.text.hyphens import Vocabulary, join_pair


def join_cells(
    rows: Sequence[Sequence[Sequence[str]]], vocabulary: Vocabulary
) -> tuple[tuple[str, ...], ...]:
    """Join the lines of each cell.

    Where wrapped lines end in a blank, one that does not was broken inside a word.
    """
    wrapped = [line for row in rows for lines in row for line in lines[:-1]]
    blanks = any(line.endswith(" ") for line in wrapped)
    return tuple(
        tuple(_cell_text(lines, vocabulary, blanks=blanks) for lines in row) for row in rows
    )


def _cell_text(lines: Sequence[str], vocabulary: Vocabulary, *, blanks: bool) -> str:
    text = ""
    for line in lines:
        inside = blanks and text[-1:].isalpha() and line[:1].islower()
        text = text + line if inside else _join(text, line, vocabulary)
    return text.strip()


def _join(first: str, second: str, vocabulary: Vocabulary) -> str:
    """Join the lines of a cell; a narrow column breaks words even without a hyphen."""
    first, kept = first.rstrip(), second
    if not first:
        return kept
    ending, beginning = re.search(r"\w+$", first), re.match(r"\w+", second)
    if ending and beginning:
        known = vocabulary.whole
        start, rest = ending.group().lower(), beginning.group().lower()
        if known[start + rest] and not (known[start] and known[rest]):
            return first + kept
    # The blank at the end stays: it tells the next line that a word ended here.
    return join_pair(first, kept, vocabulary)
