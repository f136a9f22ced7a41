"""Clean text: composed Unicode, plain spaces, nothing that a reader cannot see."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

_SPACES = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_BREAKS = re.compile("\r\n?|[\u0085\u2028\u2029]")
_STEERING = re.compile("[\u061c\u202a-\u202e\u2066-\u2069\U000e0000-\U000e0fff]")
_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f"
    "\u2060-\u2065\u206a-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\ufffe\uffff"
    "\ud800-\udfff]"
)
# Only these ligatures: NFKC would also turn m² into m2 and ½ into 1⁄2.
_LIGATURES = {0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl"}
_SPELLING = re.compile("[\U000e0020-\U000e007e]")
_TAGS = 0xE0000  # tag characters are ASCII moved up by this
_TOLERATED = 5
_MOST_PLACES = 5
_SHOWN = 90  # characters of a text that a warning quotes


@dataclass(frozen=True, slots=True)
class Cleaned:
    """Cleaned text and how many characters were removed as unseen, and as steering.

    Steering characters (text direction overrides, tag characters) can hide or reorder words;
    no ordinary document has them. `smuggled` is what tag characters spell.
    """

    text: str
    unseen: int = 0
    steering: int = 0
    smuggled: str = ""


def clean(text: str) -> Cleaned:
    """Compose to NFC, map every Unicode space to a blank, strip what cannot be seen.

    Wrongly decoded text (mojibake) is left as it is: repairing it would be guessing.
    """
    text = _SPACES.sub(" ", _BREAKS.sub("\n", text)).translate(_LIGATURES)
    smuggled = "".join(chr(ord(tag) - _TAGS) for tag in _SPELLING.findall(text))
    text, steering = _STEERING.subn("", text)
    text, unseen = _UNSEEN.subn("", text)
    return Cleaned(unicodedata.normalize("NFC", text), unseen, steering, smuggled)


def warn_of_removed(cleaned: Sequence[Cleaned], places: Sequence[str] = ()) -> tuple[str, ...]:
    """Return Swedish warnings for a curator, when more was removed than stray characters.

    `places` says where each text stands, as "sida 3" or "rad 14".
    """
    named = list(zip(cleaned, places, strict=True)) if places else []
    steering = sum(item.steering for item in cleaned)
    unseen = sum(item.unseen for item in cleaned)
    smuggled = "".join(item.smuggled for item in cleaned)
    warnings = []
    if steering:
        where = _list_places([place for item, place in named if item.steering])
        spelt = f" De bildade texten ”{smuggled[:_SHOWN]}”." if smuggled else ""
        warnings.append(
            f"{steering} osynliga styrtecken togs bort{where}.{spelt} Vanliga dokument har inga "
            "sådana: läs igenom texten mot originalet innan den publiceras."
        )
    if unseen > _TOLERATED:
        where = _list_places([place for item, place in named if item.unseen])
        warnings.append(f"{unseen} osynliga tecken togs bort ur texten{where}.")
    return tuple(warnings)


def _list_places(places: Sequence[str]) -> str:
    once = list(dict.fromkeys(places))
    more = " med flera" if len(once) > _MOST_PLACES else ""
    return f" ({', '.join(once[:_MOST_PLACES])}{more})" if once else ""
