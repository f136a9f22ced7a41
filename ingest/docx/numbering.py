"""The numbers that Word writes in front of paragraphs, which stand nowhere in the text."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from ingest.docx.package import Element, W, parse
from ingest.docx.styles import Styles, style_of

_DEEPEST = 9
_MOST_LETTERED = 26 * 3
_ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


@dataclass(frozen=True, slots=True)
class Label:
    """What stands in front of a paragraph: its number as written, "" for a bullet; its depth."""

    text: str
    depth: int


@dataclass(frozen=True, slots=True)
class _Level:
    start: int
    form: str
    text: str


@dataclass(slots=True)
class Numbering:
    """Counts the numbered paragraphs of one document, in order."""

    lists: Mapping[str, tuple[str, Mapping[int, _Level]]]
    _counts: dict[str, list[int]] = field(default_factory=dict)

    def label(self, paragraph: Element, styles: Styles) -> Label | None:
        """Return the label of the next paragraph; None if it has none."""
        identity, depth = _membership(paragraph, styles)
        abstract, levels = self.lists.get(identity, ("", {}))
        level = levels.get(depth)
        if level is None or (level.form == "none" and not level.text):
            return None
        if level.form == "bullet":
            return Label("", depth)
        counts = self._counts.setdefault(abstract, [])
        while len(counts) <= depth:
            above = levels.get(len(counts))
            counts.append((above.start if above else 1) - 1)
        counts[depth] += 1
        del counts[depth + 1 :]

        def number(match: re.Match[str]) -> str:
            at = int(match.group(1)) - 1
            form = levels[at].form if at in levels else "decimal"
            return _written(counts[at], form) if at < len(counts) else ""

        return Label(re.sub(r"%([1-9])", number, level.text).strip(), depth)


def read_numbering(parts: Mapping[str, bytes]) -> Numbering:
    """Return the numbering of a Word file, at its start; nothing is numbered without the part."""
    data = parts.get("word/numbering.xml")
    if data is None:
        return Numbering({})
    root = parse(data)
    abstract = {
        str(element.get(f"{W}abstractNumId")): _levels(element)
        for element in root.iter(f"{W}abstractNum")
    }
    lists: dict[str, tuple[str, Mapping[int, _Level]]] = {}
    for element in root.iter(f"{W}num"):
        identity = str(element.get(f"{W}numId"))
        reference = element.find(f"{W}abstractNumId")
        base = str(reference.get(f"{W}val")) if reference is not None else ""
        overrides = {
            int(one.get(f"{W}ilvl") or 0): start
            for one in element.iter(f"{W}lvlOverride")
            if (start := _integer(one.find(f"{W}startOverride"))) is not None
        }
        levels = {
            depth: _Level(overrides.get(depth, level.start), level.form, level.text)
            for depth, level in abstract.get(base, {}).items()
        }
        # A list with a start of its own counts by itself; others count on together.
        lists[identity] = (f"{base}/{identity}" if overrides else base, levels)
    return Numbering(lists)


def _membership(paragraph: Element, styles: Styles) -> tuple[str, int]:
    """Return the list a paragraph is in, "" or "0" for none, and its depth there."""
    own = paragraph.find(f"{W}pPr/{W}numPr")
    style = style_of(paragraph, styles)
    found = own if own is not None else styles.find(style, "pPr/numPr")
    if found is None:
        return "", 0
    identity, depth = found.find(f"{W}numId"), _integer(found.find(f"{W}ilvl"))
    if identity is None:
        inherited = styles.find(style, "pPr/numPr/numId")
        identity = inherited if inherited is not None else identity
    number = str(identity.get(f"{W}val") or "") if identity is not None else ""
    return number, min(depth or 0, _DEEPEST - 1)


def _levels(abstract: Element) -> dict[int, _Level]:
    found: dict[int, _Level] = {}
    for element in abstract.iter(f"{W}lvl"):
        form, text = element.find(f"{W}numFmt"), element.find(f"{W}lvlText")
        start = _integer(element.find(f"{W}start"))
        found[int(element.get(f"{W}ilvl") or 0)] = _Level(
            1 if start is None else start,
            str(form.get(f"{W}val") or "decimal") if form is not None else "decimal",
            str(text.get(f"{W}val") or "") if text is not None else "",
        )
    return found


def _integer(element: Element | None) -> int | None:
    value = str(element.get(f"{W}val") or "") if element is not None else ""
    return int(value) if value.isdigit() and len(value) < _DEEPEST else None


def _written(number: int, form: str) -> str:
    if form in ("lowerLetter", "upperLetter") and 0 < number <= _MOST_LETTERED:
        letter = chr(ord("a") + (number - 1) % 26) * (1 + (number - 1) // 26)
        return letter.upper() if form == "upperLetter" else letter
    if form in ("lowerRoman", "upperRoman") and 0 < number < 40:
        roman = ""
        for value, sign in _ROMAN:
            roman += sign * (number // value)
            number %= value
        return roman.upper() if form == "upperRoman" else roman
    return f"{number:02}" if form == "decimalZero" else str(number)
