"""Tell text that was decoded by the wrong table from text: fonts without a usable encoding."""

import math
import re
import unicodedata
from collections.abc import Sequence

# How often each letter comes in a thousand of Swedish (laws and handbooks, a million letters).
_OFTEN = (
    "e106 a87 n86 t86 r84 s68 i62 l53 o41 d38 g36 k34 m33 f25 v22 ä22 h20 p19 u16 ö14 c13 b12 å11 "
    "y6 j3.5 x2.3 w1.5"
)
_SELDOM = 1.5
_BITS = {entry[0]: -math.log2(float(entry[1:]) / 1000) for entry in _OFTEN.split()}
_RAREST = -math.log2(_SELDOM / 1000)
_ADDRESS = re.compile(r"\S*(?:www\.|://|@)\S*")
_ENOUGH = 12  # letters of a line
_STRANGE = 5.3  # bits a letter; Swedish has 4.2, no line of 1,000 real pages has more
_LOST = 40  # letters of a page


def is_garbled(lines: Sequence[str]) -> bool:
    """Return whether the lines of a page have letters that no one writes so.

    One font of a page may be readable and another not, so lines are judged one by one, by how
    often their letters come in Swedish; other languages in Latin letters pass.
    """
    lost = 0
    for line in lines:
        letters = _letters(line)
        bits = sum(_BITS.get(letter, _RAREST) for letter in letters)
        if len(letters) >= _ENOUGH and bits > _STRANGE * len(letters):
            lost += len(letters)
    return lost >= _LOST


def _letters(line: str) -> str:
    """Return the Latin letters of a line, without accents that Swedish lacks, lower-case."""
    plain = _ADDRESS.sub("", line).casefold()
    kept = []
    for letter in plain:
        base = letter if letter in _BITS else unicodedata.normalize("NFD", letter)[:1]
        if base.isalpha() and base < "\u0250":
            kept.append(base)
    return "".join(kept)
