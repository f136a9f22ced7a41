"""Take out of a Word file what nobody sees on paper: hidden, white, tiny, off the page, deleted."""

import re
from collections.abc import Iterator

from ingest.docx.package import Element, W, is_on
from ingest.docx.styles import Styles, style_of

_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_WHITE = re.compile(r"(?:f[4-9a-f]){3}", re.I)
_LIGHT_THEMES = frozenset({"background1", "light1"})
_SMALLEST_HALF_POINTS = 6
_NARROWEST = 20  # per cent of a letter's width
_FARTHEST = 22 * 360_000  # EMU: an anchor farther than this is off the page (A4 is 21 cm wide)
_HIGHEST = 31 * 360_000
_OFF_PAGE = re.compile(r"(?:margin-)?(?:left|top):\s*-\d{4,}|visibility:\s*hidden|display:\s*none")


def remove_hidden(root: Element, styles: Styles) -> list[str]:
    """Remove hidden runs, shapes off the page and placeholders; return the words removed."""
    removed: list[str] = []
    for element in list(_hidden_shapes(root)):
        removed.append(_words(element))
        _drop(element)
    for run in list(root.iter(f"{W}r")):
        if run.getparent() is not None and _is_hidden(run, styles):
            removed.append(_words(run))
            _drop(run)
    for control in list(root.iter(f"{W}sdt")):
        # "Klicka här för att ange text": shown, but nobody wrote it.
        if is_on(control.find(f"{W}sdtPr/{W}showingPlcHdr")):
            _drop(control)
    return [words for words in removed if words.strip()]


def count_revisions(root: Element) -> tuple[int, int]:
    """Return how many stretches of text are tracked as inserted, and how many as deleted."""
    inserted = [e for e in root.iter(f"{W}ins", f"{W}moveTo") if _words(e).strip()]
    deleted = [
        e for e in root.iter(f"{W}del", f"{W}moveFrom") if next(e.iter(f"{W}r"), None) is not None
    ]
    return len(inserted), len(deleted)


def _is_hidden(run: Element, styles: Styles) -> bool:
    if is_on(_property(run, "vanish", styles)) or is_on(_property(run, "specVanish", styles)):
        return True
    size, width = _property(run, "sz", styles), _property(run, "w", styles)
    if _number(size, 24) < _SMALLEST_HALF_POINTS or _number(width, 100) < _NARROWEST:
        return True
    colour = _property(run, "color", styles)
    if colour is None:
        return False
    ground = _ground(run, styles)
    value = str(colour.get(f"{W}val") or "").lower()
    light = colour.get(f"{W}themeColor") in _LIGHT_THEMES or _WHITE.fullmatch(value) is not None
    return value == ground if ground else light


def _property(run: Element, name: str, styles: Styles) -> Element | None:
    """Return a property of a run: its own, its style's, that of its paragraph's style."""
    own = run.find(f"{W}rPr/{W}{name}")
    if own is not None:
        return own
    style = run.find(f"{W}rPr/{W}rStyle")
    found = (
        styles.find(str(style.get(f"{W}val") or ""), f"rPr/{name}") if style is not None else None
    )
    if found is None:
        paragraph = next(run.iterancestors(f"{W}p"), None)
        if paragraph is not None:
            found = styles.find(style_of(paragraph, styles), f"rPr/{name}")
    return found


def _ground(run: Element, styles: Styles) -> str:
    """Return the colour a run stands on, "" where it is the paper: white words may be meant."""
    highlight = _property(run, "highlight", styles)
    if highlight is not None and highlight.get(f"{W}val") not in (None, "none"):
        return str(highlight.get(f"{W}val")).lower()
    shades = [_property(run, "shd", styles)]
    for block in run.iterancestors(f"{W}p", f"{W}tc"):
        shades += [block.find(f"{W}pPr/{W}shd"), block.find(f"{W}tcPr/{W}shd")]
    paragraph = next(run.iterancestors(f"{W}p"), None)
    if paragraph is not None:
        shades.append(styles.find(style_of(paragraph, styles), "pPr/shd"))
    for table in run.iterancestors(f"{W}tbl"):
        style = table.find(f"{W}tblPr/{W}tblStyle")
        if style is not None:
            shades += styles.shades(str(style.get(f"{W}val") or ""))
    for shade in shades:
        if shade is None:
            continue
        fill = str(shade.get(f"{W}fill") or "").lower()
        if shade.get(f"{W}themeFill") or (fill not in ("", "auto") and not _WHITE.fullmatch(fill)):
            return fill or "theme"
    return ""


def _hidden_shapes(root: Element) -> Iterator[Element]:
    """Yield drawings that are marked hidden or anchored off the page."""
    for anchor in root.iter(f"{_WP}anchor"):
        about = anchor.find(f"{_WP}docPr")
        hidden = anchor.get("hidden") == "1" or (about is not None and about.get("hidden") == "1")
        places = [
            (axis, _whole(anchor.find(f"{_WP}{axis}/{_WP}posOffset")))
            for axis in ("positionH", "positionV")
        ]
        limits = {"positionH": _FARTHEST, "positionV": _HIGHEST}
        if hidden or any(abs(place) > limits[axis] for axis, place in places):
            yield _whole_drawing(anchor)
    for shape in root.iter("{urn:schemas-microsoft-com:vml}shape"):
        if _OFF_PAGE.search(str(shape.get("style") or "")):
            yield shape


def _whole_drawing(anchor: Element) -> Element:
    """Return the alternatives that a drawing is one of, which say the same twice."""
    name = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
    return next(anchor.iterancestors(name), anchor)


def _drop(element: Element) -> None:
    if element.getparent() is not None:
        element.getparent().remove(element)


def _words(element: Element) -> str:
    return " ".join(text.text or "" for text in element.iter(f"{W}t"))


def _number(element: Element | None, default: int) -> int:
    value = str(element.get(f"{W}val") or "").rstrip("%") if element is not None else ""
    return int(value) if value.isdigit() and len(value) < 8 else default


def _whole(element: Element | None) -> int:
    text = str(element.text or "") if element is not None else ""
    return int(text) if re.fullmatch(r"-?\d{1,12}", text) else 0
