"""The styles of a Word file: what a paragraph or a run gets from the styles it names."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ingest.docx.package import Element, W, parse

_DEEPEST = 20  # styles based on one another
_TITLE = re.compile(r"title|rubrik|titel", re.I)
_NAMED = re.compile(r"(?:heading|rubrik|överskrift|otsikko) ?([1-9])", re.I)
_CONTENTS = re.compile(
    r"(?:toc|contents|innehåll|table of) ?(?:\d|heading|figures|authorities)?", re.I
)
_BODY_LEVEL = 9  # of outline levels: body text


@dataclass(frozen=True, slots=True)
class Styles:
    """The style elements of a file by id, and the id of the default paragraph style."""

    elements: Mapping[str, Element]
    default: str

    def chain(self, identity: str) -> Iterator[Element]:
        """Yield a style and those it is based on, the nearest first."""
        for _ in range(_DEEPEST):
            element = self.elements.get(identity)
            if element is None:
                return
            yield element
            base = element.find(f"{W}basedOn")
            identity = base.get(f"{W}val") or "" if base is not None else ""

    def find(self, identity: str, path: str) -> Element | None:
        """Return what a style says at a path such as `rPr/vanish`, itself or by its base."""
        place = "/".join(f"{W}{name}" for name in path.split("/"))
        found = (element.find(place) for element in self.chain(identity))
        return next((one for one in found if one is not None), None)

    def shades(self, identity: str) -> list[Element]:
        """Return every ground that a table style gives: of rows, columns, cells."""
        return [shade for element in self.chain(identity) for shade in element.iter(f"{W}shd")]

    def name(self, identity: str) -> str:
        """Return the name of a style, as `heading 1`; "" when it has none."""
        element = self.elements.get(identity)
        name = element.find(f"{W}name") if element is not None else None
        return str(name.get(f"{W}val") or "") if name is not None else ""


def read_styles(parts: Mapping[str, bytes]) -> Styles:
    """Return the styles of a Word file; none when it has no such part."""
    data = parts.get("word/styles.xml")
    if data is None:
        return Styles({}, "")
    elements: dict[str, Element] = {}
    default = ""
    for element in parse(data).iter(f"{W}style"):
        identity = str(element.get(f"{W}styleId") or "")
        elements.setdefault(identity, element)
        if element.get(f"{W}default") == "1" and element.get(f"{W}type") == "paragraph":
            default = identity
    return Styles(elements, default)


def style_of(paragraph: Element, styles: Styles) -> str:
    """Return the id of the style of a paragraph."""
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    return str(style.get(f"{W}val") or "") if style is not None else styles.default


def heading_level(paragraph: Element, styles: Styles) -> int:
    """Return the level (1-9) of a paragraph that is a heading, else 0.

    By its own outline level, that of its styles, or the name of a style that has none.
    """
    own = paragraph.find(f"{W}pPr/{W}outlineLvl")
    style = style_of(paragraph, styles)
    found = own if own is not None else styles.find(style, "pPr/outlineLvl")
    level = str(found.get(f"{W}val") or "") if found is not None else ""
    if level.isdigit():
        return int(level) + 1 if int(level) < _BODY_LEVEL else 0
    for element in styles.chain(style):
        name = styles.name(str(element.get(f"{W}styleId") or ""))
        numbered = _NAMED.fullmatch(name)
        if numbered:
            return int(numbered.group(1))
        if _TITLE.fullmatch(name):
            return 1
    return 0


def is_contents(paragraph: Element, styles: Styles) -> bool:
    """Return whether a paragraph is of a table of contents."""
    return _CONTENTS.fullmatch(styles.name(style_of(paragraph, styles))) is not None
