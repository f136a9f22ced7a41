"""The two memos whose words are known, in every rendering: word error of a reading."""

import re
from collections.abc import Sequence
from pathlib import Path

from rapidfuzz.distance import Levenshtein

from ingest.document import Block, BlockKind
from ingest.files.convert import convert

SOURCES = {"2025": "000_8698efe0d5d98b96.txt", "2026": "001_e990fe31eab90c70.txt"}
# The renderings have a table and three footnotes that the originals lack.
_ADDED = re.compile(
    r"[¹²³] ?|\[?[123]\]? |Tabell 1|Riktlinjer för IT och digitalisering, KF"
    r"|Se Malmö stads princ|Begreppet avser"
)


def original_of(path: Path) -> Path | None:
    """Return the text that a file is a rendering of, if it is one of the memos."""
    year = re.match(r"utvecklingsplan-(\d{4})", path.name)
    return path.with_name(SOURCES[year.group(1)]) if year else None


def own_words(blocks: Sequence[Block]) -> list[str]:
    """Return the words of a memo without what only its renderings have."""
    own = [b for b in blocks if b.kind is not BlockKind.TABLE and not _ADDED.match(b.text)]
    return [word.rstrip("¹²³") for block in own for word in block.text.split() if word != "-"]


def word_error(path: Path, blocks: Sequence[Block]) -> float | None:
    """Return wrong, missing and added words per word of the original; None without one."""
    original = original_of(path)
    if original is None:
        return None
    words = own_words(convert(original).blocks)
    return Levenshtein.distance(own_words(blocks), words) / len(words)


def own_headings(path: Path) -> list[str]:
    """Return the headings of the original of a rendering, [] for other files."""
    original = original_of(path)
    blocks = convert(original).blocks if original else ()
    return [block.text for block in blocks if block.kind is BlockKind.HEADING]
