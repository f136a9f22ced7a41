"""Follow raw HTML inside Markdown: which of the words between its tags are hidden."""

import re

from lxml import html  # type: ignore[import-untyped]
from lxml.etree import ParserError  # type: ignore[import-untyped]

from ingest.markup.html_hidden import is_hidden_tag

_TAG = re.compile(
    r"""<!--.*?(?:-->|\Z)|<(?P<end>/?)(?P<name>[a-z][\w-]*)(?:[^<>"']|"[^"]*"|'[^']*')*>""",
    re.I | re.S,
)
_VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
_NEVER_SHOWN = frozenset("script style template noscript head title object iframe svg".split())


class RawHtml:
    """The open tags of one Markdown text; words inside a hidden element are kept apart."""

    def __init__(self) -> None:
        self.hidden: list[str] = []
        self._name = ""
        self._depth = 0

    @property
    def hides(self) -> bool:
        """Return whether what comes next stands inside a hidden element."""
        return self._depth > 0

    def read(self, source: str) -> str:
        """Return the words of a stretch of HTML that can be seen; comments never can."""
        shown: list[str] = []
        at = 0
        for tag in _TAG.finditer(source):
            self.take(source[at : tag.start()], shown)
            at = tag.end()
            if tag["name"]:
                self._follow(tag)
                shown.append(" ")
        self.take(source[at:], shown)
        return "".join(shown)

    def take(self, words: str, shown: list[str]) -> None:
        """Put words with those shown or those hidden."""
        if not self.hides:
            shown.append(words)
        elif words.strip():
            self.hidden.append(words.strip())

    def end_paragraph(self, *, hid_before: bool) -> None:
        """Close what a paragraph opened and did not close, as a browser does."""
        if not hid_before:
            self._depth = 0

    def _follow(self, tag: re.Match[str]) -> None:
        name = tag["name"].lower()
        if self.hides:
            if name == self._name:
                self._depth += -1 if tag["end"] else 1
        elif _opens_hidden(tag):
            self._name, self._depth = name, 1


def _opens_hidden(tag: re.Match[str]) -> bool:
    name = tag["name"].lower()
    if tag["end"] or name in _VOID or tag.group().endswith("/>"):
        return False
    if name in _NEVER_SHOWN:
        return True
    try:
        return is_hidden_tag(html.fragment_fromstring(f"{tag.group()}</{name}>"))
    except (ParserError, ValueError, AssertionError):
        return False
