"""Point out words repeated over and over: no prose, but a way to be found for every question."""

import re
from collections.abc import Iterator, Sequence

from ingest.document import Block, BlockKind
from ingest.text.planted import cap, place_of, shorten

# Of 60 words in a row of running text, the share of three-word turns that have been said before.
# Harmless documents reach 0.57 (docs/measurements-intake.md); stuffed ones lie above 0.8.
_WINDOW = 60
_STEP = 20
_TURN = 3
_REPEATED = 0.7
_WORD = re.compile(r"\w+")
_PROSE = (BlockKind.PARAGRAPH, BlockKind.LIST)


def warn_of_stuffing(blocks: Sequence[Block]) -> tuple[str, ...]:
    """Return Swedish warnings, one a place, with page or heading and the words."""
    words, places, heading = [], [], ""
    for block in blocks:
        if block.kind is BlockKind.HEADING:
            heading = block.text
        elif block.kind in _PROSE:
            found = _WORD.findall(block.text)
            words += found
            places += [place_of(block, heading)] * len(found)
    warnings: dict[str, str] = {}
    for at in _stuffed([word.casefold() for word in words]):
        shown = shorten(" ".join(words[at : at + _WINDOW]))
        warnings.setdefault(
            places[at],
            f"{places[at]}: samma ord upprepas gång på gång (”{shown}”). Det lyfter dokumentet i "
            "sökningen. Läs stället, och ta bort det som inte är löpande text.",
        )
    return cap(list(warnings.values()))


def _stuffed(words: Sequence[str]) -> Iterator[int]:
    """Yield the middles of windows of repeated words."""
    for start in range(0, len(words) - _WINDOW + 1, _STEP):
        window = words[start : start + _WINDOW]
        turns = list(zip(*(window[at:] for at in range(_TURN)), strict=False))
        if 1 - len(set(turns)) / len(turns) > _REPEATED:
            yield start + _WINDOW // 2
