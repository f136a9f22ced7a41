"""Read a text as a person sees it: without what is invisible, marks set on nothing, half letters.

Such characters come along when text is copied from web pages and chats, and they can be put there
to hide a number from whoever looks for it.
"""

import re
import unicodedata

INVISIBLE = re.compile(
    "[\u00ad\u034f\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u115f\u1160\u17b4\u17b5"
    "\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u2800\u3164\ufdd0-\ufdef\ufe00-\ufe0f\ufeff"
    "\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
    "\ud800-\udfff\x00-\x08\x0b\x0e-\x1f\x7f-\x9f]"
)
LOOSE = re.compile(
    "[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"
)
"""Marks that no letter has taken up once letters are composed: a stroke through a digit."""


def as_seen(text: str) -> str:
    """Return the text with its letters composed and nothing between them that is not seen."""
    return LOOSE.sub("", unicodedata.normalize("NFC", INVISIBLE.sub("", text)))
