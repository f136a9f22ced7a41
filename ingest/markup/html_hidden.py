"""Take out of a web page what nobody sees: by attribute, by its own style, by a style sheet."""

import re
from collections.abc import Iterator, Mapping

import tinycss2
from cssselect import HTMLTranslator, SelectorError
from lxml.etree import XPathError  # type: ignore[import-untyped]
from lxml.html import HtmlElement  # type: ignore[import-untyped]

_MOST_SHEET = 500_000  # characters of style sheets read
_MOST_RULES = 5_000
_MOST_SELECTORS = 400  # that hide something; each is a search of the page
_SCREEN = re.compile(r"\b(?:screen|all)\b", re.I)
_STATES = re.compile(r"::?[\w-]+(?:\([^)]*\))?")
_LENGTH = re.compile(r"(-?\d*\.?\d+)(px|pt|em|rem|ex|ch|%|vw|vh|vmin|vmax|cm|mm|in|pc)?")
_POINTS = {"": 1.0, "px": 1.0, "pt": 1.33, "em": 16.0, "rem": 16.0, "ex": 8.0, "ch": 8.0}
_POINTS |= {"%": 16.0, "vw": 10.0, "vh": 10.0, "vmin": 10.0, "vmax": 10.0, "pc": 16.0}
_POINTS |= {"cm": 38.0, "mm": 3.8, "in": 96.0}
_SMALLEST = 3.0  # pixels of type
_FARTHEST = 900.0  # pixels that text may be moved up or left
_FAINTEST = 0.1  # opacity
_WHITE = re.compile(
    r"white|#f[4-9a-f]{2}|#(?:f[4-9a-f]){3}(?:ff)?|rgba?\(\s*(?:2[45]\d|100%)[\s,]+(?:2[45]\d|100%)"
    r"[\s,]+(?:2[45]\d|100%)\s*(?:[,/]\s*(?:1|100%|1?\.\d+)\s*)?\)",
    re.I,
)
_CLEAR = re.compile(
    r"transparent|#[0-9a-f]{3}0|#[0-9a-f]{6}0[0-9a-f]|(?:rgba|hsla?|rgb)\(.*[,/]\s*0?\.?0\d?%?\s*\)",
    re.I,
)
_GROUNDS = ("background", "background-color", "background-image")
Declarations = Mapping[str, str]
Sheets = Mapping[HtmlElement, Declarations]


def remove_hidden(root: HtmlElement, sheets: Sheets) -> list[str]:
    """Remove what is hidden from a page; return its words, in the order of the page.

    A panel that opens at a click is hidden as the page lies: it is taken out too.
    """
    removed: list[str] = []
    for element in list(root.iter()):
        if not isinstance(element.tag, str) or element.getparent() is None:
            continue
        if _is_hidden(element, sheets):
            removed.append(" ".join(element.text_content().split()))
            element.drop_tree()
    return [words for words in removed if words]


def is_hidden_tag(element: HtmlElement) -> bool:
    """Return whether an element hides its content by itself, whatever page it is on."""
    return _is_hidden(element, {})


def read_sheets(root: HtmlElement) -> Sheets:
    """Return what the page's own style sheets say of elements that may hide or show words."""
    found: dict[HtmlElement, dict[str, str]] = {}
    sheets = (sheet.text or "" for sheet in root.iter("style"))
    rules = _rules("\n".join(sheets)[:_MOST_SHEET])
    for count, (selector, declarations) in enumerate(rules):
        if count >= _MOST_SELECTORS:
            break
        try:
            path = HTMLTranslator().css_to_xpath(selector, prefix="descendant-or-self::")
            matches = root.xpath(path)
        except (SelectorError, XPathError, RecursionError):
            continue
        for element in matches:
            found.setdefault(element, {}).update(declarations)
    return found


def _rules(sheet: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield selectors with their declarations: those that hide, and those that give a ground."""
    rules = tinycss2.parse_stylesheet(sheet, skip_comments=True, skip_whitespace=True)
    for rule in _flat(rules[:_MOST_RULES]):
        declarations = _declarations(tinycss2.serialize(rule.content))
        told = _conceals(declarations) or _is_pale(declarations) or "color" in declarations
        if not told and not any(name in declarations for name in _GROUNDS):
            continue
        for selector in tinycss2.serialize(rule.prelude).split(","):
            # ":hover", "::before": what shows only then is not what the page says.
            plain = selector.strip()
            if plain and not _STATES.search(plain):
                yield plain, declarations


def _flat(rules: list[tinycss2.ast.Node]) -> Iterator[tinycss2.ast.QualifiedRule]:
    for rule in rules:
        if rule.type == "qualified-rule":
            yield rule
        elif _is_of_screen(rule):
            inner = tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True)
            yield from (one for one in inner if one.type == "qualified-rule")


def _is_of_screen(rule: tinycss2.ast.Node) -> bool:
    if rule.type != "at-rule" or rule.lower_at_keyword != "media" or not rule.content:
        return False
    return _SCREEN.search(tinycss2.serialize(rule.prelude)) is not None


def _declarations(style: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for node in tinycss2.parse_blocks_contents(style, skip_comments=True, skip_whitespace=True):
        if node.type == "declaration":
            found[node.lower_name] = tinycss2.serialize(node.value).strip().lower()
    return found


def _is_hidden(element: HtmlElement, sheets: Sheets) -> bool:
    if element.get("hidden") is not None or element.get("aria-hidden") == "true":
        return True
    own = {**sheets.get(element, {}), **_declarations(element.get("style") or "")}
    if element.tag == "font" and element.get("color"):
        own.setdefault("color", element.get("color").strip().lower())
    if _conceals(own):
        return True
    return _is_pale(own) and not _has_ground(element, own, sheets)


def _conceals(style: Declarations) -> bool:
    """Return whether declarations hide an element wherever it stands."""
    if style.get("display", "").startswith("none") or style.get("visibility") in (
        "hidden",
        "collapse",
    ):
        return True
    if _number(style.get("opacity"), 1.0) < _FAINTEST or _CLEAR.fullmatch(style.get("color", "")):
        return True
    if _pixels(style.get("font-size"), 16.0) < _SMALLEST:
        return True
    if _pixels(style.get("text-indent"), 0.0) < -_FARTHEST:
        return True
    if style.get("position") in ("absolute", "fixed"):
        if any(_pixels(style.get(side), 0.0) < -_FARTHEST for side in ("left", "top", "right")):
            return True
        if re.search(r"rect\((?:0|1px|auto)", style.get("clip", "")):
            return True
    if re.search(r"inset\((?:50|100)%|circle\(0", style.get("clip-path", "")):
        return True
    if re.search(r"scale\(0(?:\.0\d*)?\)|translate[xy]?\(-\d{4,}px", style.get("transform", "")):
        return True
    small = min(_pixels(style.get(side), 99.0) for side in ("height", "width", "max-height"))
    return small <= 1.0 and style.get("overflow", "").startswith(("hidden", "clip"))


def _is_pale(style: Declarations) -> bool:
    return _WHITE.fullmatch(style.get("color", "")) is not None


def _has_ground(element: HtmlElement, own: Declarations, sheets: Sheets) -> bool:
    """Return whether pale words stand on something else than the white page."""
    above = [own]
    for ancestor in element.iterancestors():
        above.append({**sheets.get(ancestor, {}), **_declarations(ancestor.get("style") or "")})
        if ancestor.get("bgcolor"):
            above.append({"background-color": ancestor.get("bgcolor").lower()})
    grounds = (style[name] for style in above for name in _GROUNDS if name in style)
    return any(
        ground not in ("none", "transparent", "inherit", "initial") and not _WHITE.fullmatch(ground)
        for ground in grounds
    )


def _pixels(value: str | None, default: float) -> float:
    match = _LENGTH.fullmatch((value or "").split("!")[0].strip())
    if match is None:
        return default
    return float(match.group(1)) * _POINTS[match.group(2) or ""]


def _number(value: str | None, default: float) -> float:
    match = re.fullmatch(r"(\d*\.?\d+)(%?)", value or "")
    if match is None:
        return default
    return float(match.group(1)) / (100 if match.group(2) else 1)
