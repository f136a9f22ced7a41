"""Say what a reviewer must know of how a PDF was read: what was left out, and where."""

import re
from collections.abc import Iterable, Sequence

from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from ingest.pdf.lines import PageText
from ingest.pdf.ocr import HOW
from ingest.text.planted import is_told_to_machine, shorten

_MOST_PAGES = 20  # named in one warning
_MOST_ANNOTATIONS = 2_000
_SHORTEST = 2  # letters of hidden text that are worth a word
_LINKS = frozenset({"/Link", "/Popup", "/Widget"})


def warn_of_hidden(pages: Sequence[PageText]) -> list[str]:
    """Return warnings of text that no one can see, and of text that may lie under something."""
    warnings: list[str] = []
    for number, page in enumerate(pages, start=1):
        hidden = " ".join(page.hidden)
        if len(re.findall(r"\w", hidden)) >= _SHORTEST:
            told = (
                " Det liknar en instruktion till ett AI-system."
                if is_told_to_machine(hidden)
                else ""
            )
            warnings.append(
                f"Sida {number}: text som inte syns på sidan togs inte med: "
                f"”{shorten(hidden)}”.{told}"
            )
        if page.doubtful:
            warnings.append(
                f"Sida {number}: text som kan ligga under något annat togs med: "
                f"”{shorten(' '.join(page.doubtful))}”. Jämför med originalet."
            )
    if len(warnings) > _MOST_PAGES:
        left = len(warnings) - _MOST_PAGES
        return [*warnings[:_MOST_PAGES], f"… och dold text på {left} ställen till."]
    return warnings


def warn_of_unread(pages: Sequence[PageText], failed: Sequence[int]) -> list[str]:
    """Return warnings of pages that gave no text."""
    warnings = []
    if failed:
        warnings.append(
            f"Sidor som inte gick att läsa: {number_list(failed)}. Jämför med originalet."
        )
    empty = [
        n
        for n, page in enumerate(pages, start=1)
        if not (page.lines or page.blank or page.unread or n in failed)
    ]
    if empty:
        warnings.append(f"Sidor utan text: {number_list(empty)}.")
    return warnings


def warn_of_scans(pages: Sequence[PageText]) -> list[str]:
    """Return warnings of pages that are pictures: what was read of them, what was not."""
    warnings = []
    unread = [n for n, page in enumerate(pages, start=1) if page.unread and not page.lines]
    partly = [n for n, page in enumerate(pages, start=1) if page.unread and page.lines]
    scanned = [n for n, page in enumerate(pages, start=1) if page.scanned]
    uncertain = [n for n, page in enumerate(pages, start=1) if page.uncertain]
    if unread:
        warnings.append(
            f"Skannade eller oläsbara sidor togs inte med: {number_list(unread)}. {HOW}"
        )
    if partly:
        warnings.append(
            f"Sidor som mest är bilder: {number_list(partly)}. Om det står text i bilderna togs "
            f"den inte med. {HOW}"
        )
    if scanned:
        warnings.append(
            f"Skannade sidor: {number_list(scanned)}. Siffror, namn och paragraftecken kan vara "
            "fel lästa: kontrollera dem mot originalet."
        )
    if uncertain:
        warnings.append(
            f"Rader som inte gick att tyda (stämplar, underskrifter, fläckar) utelämnades på "
            f"sidorna {number_list(uncertain)}."
        )
    return warnings


def warn_of_extras(reader: PdfReader) -> list[str]:
    """Return warnings of what a PDF carries beside its pages, none of which is taken in."""
    root = reader.root_object
    found = []
    if names := list(reader.attachments):
        found.append(f"bilagor ({shorten(', '.join(map(str, names)))})")
    if "/AcroForm" in root and reader.get_fields():
        found.append("formulärfält")
    if comments := _count_comments(reader):
        found.append(f"{comments} kommentarer")
    names_tree = root.get("/Names")
    names_tree = names_tree.get_object() if names_tree is not None else None
    if isinstance(names_tree, DictionaryObject) and "/JavaScript" in names_tree:
        found.append("programkod")
    if not found:
        return []
    return [f"PDF-filen har {', '.join(found)}, som inte togs med."]


def warn_of_labels(reader: PdfReader) -> list[str]:
    """Return a warning when the file numbers its pages otherwise than from 1."""
    for number, label in enumerate(reader.page_labels, start=1):
        if label and label != str(number):
            return [
                f"PDF-filen numrerar sina sidor på egen hand: sida {number} i filen heter "
                f"”{shorten(label)}”. Källhänvisningar räknar sidor från filens första."
            ]
    return []


def number_list(numbers: Iterable[int]) -> str:
    """Return numbers with commas between, the first twenty of them."""
    all_of_them = list(numbers)
    more = " …" if len(all_of_them) > _MOST_PAGES else ""
    return ", ".join(map(str, all_of_them[:_MOST_PAGES])) + more


def _count_comments(reader: PdfReader) -> int:
    """Count the annotations that hold words: notes, free text, stamps; not links."""
    seen = comments = 0
    for page in reader.pages:
        for reference in page.get("/Annots") or []:
            seen += 1
            if seen > _MOST_ANNOTATIONS:
                return comments
            annotation = reference.get_object()
            words = isinstance(annotation, DictionaryObject) and annotation.get("/Contents")
            comments += bool(words) and annotation.get("/Subtype") not in _LINKS
    return comments
