"""Point out text that may be planted: told to a machine, or written to look like other words."""

import re
import unicodedata
from collections.abc import Sequence
from functools import cache

from ingest.document import Block, BlockKind
from ingest.library.sentences import split
from ingest.shipped_data import read_yaml

# Letters of other alphabets that look like Latin ones.
_ALIKE = str.maketrans(
    "авеіјкмнорсстухѕԁһոԛԝАВЕЅІЈКМНОРСТХαεικνορτυχΑΒΕΖΗΙΚΜΝΟΡΤΥΧ",
    "abeijkmhopcctyxsdhnqwABESIJKMHOPCTXaeiknoptuxABEZHIKMNOPTYX",
)
_SPACED = re.compile(r"\b(?:\w[ .·_-]){4,}\w\b")
_WORD = re.compile(r"[^\W\d_]{3,}")
_SHOWN = 90  # characters of a text that a warning quotes
_MOST = 20  # warnings of one kind
_MOST_ODD = 3  # letters of unusual form in a block: a title may have one


def warn_of_planted(blocks: Sequence[Block]) -> tuple[str, ...]:
    """Return Swedish warnings for a reviewer, with page or heading and the words.

    Nothing is taken out: guidance on AI quotes such sentences as examples.
    """
    told: list[str] = []
    disguised: list[str] = []
    heading = ""
    for block in blocks:
        if block.kind is BlockKind.HEADING:
            heading = block.text
        place = place_of(block, heading)
        for text in block.text.splitlines():
            told += [
                f"{place}: ”{shorten(sentence)}” liknar en instruktion till ett AI-system. Läs "
                "den i sitt sammanhang innan dokumentet publiceras."
                for sentence in split(text)
                if is_told_to_machine(sentence)
            ]
        disguised += [f"{place}: {what}" for what in _disguises(block.text)]
    return cap(told) + cap(disguised)


def is_told_to_machine(text: str) -> bool:
    """Return whether a sentence reads as an instruction to a language model."""
    plain = plain_letters(text).casefold()
    return any(pattern.search(plain) for pattern in _patterns())


def plain_letters(text: str) -> str:
    """Return a text in plain Latin letters: look-alikes replaced, spaced letters drawn together."""
    latin = unicodedata.normalize("NFKC", text).translate(_ALIKE)
    return _SPACED.sub(lambda match: re.sub(r"[ .·_-]", "", match.group()), latin)


def shorten(text: str) -> str:
    """Return the beginning of a text, for a warning."""
    flat = " ".join(text.split())
    return flat if len(flat) <= _SHOWN else flat[: _SHOWN - 1].rstrip() + "…"


def _disguises(text: str) -> list[str]:
    found = [
        f"ordet ”{shorten(word)}” blandar bokstäver ur olika alfabet som ser lika ut. Skriv om "
        "det eller pröva varför."
        for word in _WORD.findall(text)
        if not word.isascii() and _mixes(word)
    ]
    odd = [] if text.isascii() else [letter for letter in text if _is_odd(letter)]
    if len(odd) > _MOST_ODD:
        found.append(
            f"{len(odd)} bokstäver har ovanlig form (”{shorten(''.join(odd))}”), som sökningen "
            "inte känner igen. Skriv om dem eller pröva varför."
        )
    return found


def _mixes(word: str) -> bool:
    """Return whether a word has Latin letters and letters that only look Latin."""
    scripts = {unicodedata.name(letter, "").split(" ")[0] for letter in word}
    looks = any(letter.translate(_ALIKE) != letter for letter in word)
    return "LATIN" in scripts and looks and bool(scripts & {"CYRILLIC", "GREEK", "ARMENIAN"})


def _is_odd(letter: str) -> bool:
    """Return whether a character is a Latin letter in disguise: 𝐛𝐨𝐥𝐝, ｗｉｄｅ, ⓒⓘⓡⓒⓛⓔⓓ."""
    if ord(letter) < 0x2100:
        return False
    plain = unicodedata.normalize("NFKC", letter)
    return len(plain) == 1 and plain.isascii() and plain.isalpha()


def place_of(block: Block, heading: str) -> str:
    """Return where a block stands as a warning says it: its page, else its heading."""
    if block.page is not None:
        return f"Sida {block.page}"
    return f"Under ”{shorten(heading)}”" if heading else "I inledningen"


def cap(warnings: Sequence[str]) -> tuple[str, ...]:
    """Return warnings of one kind, each once, and no more than a person reads."""
    kept = tuple(dict.fromkeys(warnings))
    if len(kept) <= _MOST:
        return kept
    return (*kept[:_MOST], f"… och {len(kept) - _MOST} ställen till av samma slag.")


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(text) for text in read_yaml("ingest", "planted.yaml")["sentences"])
