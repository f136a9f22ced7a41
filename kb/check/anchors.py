"""Check addresses: every section has an anchor of its own, and every reference leads somewhere."""

import re
from collections.abc import Iterable, Iterator, Mapping
from urllib.parse import unquote

from kb.check.finding import Finding, Name
from kb.check.page import Page, lines_with

_LINK = re.compile(r"\]\((?P<target>[^)\s]+)[^)]*\)")
_OUTSIDE = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)
_PASSAGE = re.compile(r"/avsnitt/(?P<id>[^/?#]+)/(?P<edition>[^/?#]+)/(?P<anchor>[^/?#]+)")


def check_anchors(page: Page) -> Iterator[Finding]:
    """Find sections without an anchor of their own, and anchors written twice."""
    first: dict[str, int] = {}
    for section in page.sections:
        line, anchor = page.line_of(section), page.heading_of(section).anchor
        if anchor is None and page.is_authored:
            yield page.warning(
                line,
                Name.ANCHOR,
                f"rubriken '{section.headings[-1]}' har inget ankare.",
                f"Skriv {{#{section.anchor}}} efter rubriken, så håller adressen när den ändras.",
            )
        elif anchor in first:
            yield page.error(
                line,
                Name.ANCHOR,
                f"ankaret #{anchor} finns redan på rad {first[anchor]}.",
                "Ge rubriken ett eget ankare.",
            )
        elif anchor:
            first[anchor] = line


def check_question_anchors(page: Page) -> Iterator[Finding]:
    """Find questions that are kept for a section which the Document does not have."""
    anchors = {section.anchor for section in page.sections}
    for anchor in page.document.front.questions:
        if anchor not in anchors:
            yield page.error(
                page.line_of_key(anchor, below="questions"),
                Name.REFERENCE,
                f"frågorna under {anchor} hör inte till något avsnitt.",
                f"Skriv ett av dokumentets ankare: {', '.join(sorted(anchors)) or 'inget finns'}.",
            )


def check_links(pages: Iterable[Page]) -> Iterator[Finding]:
    """Find links inside the library that lead nowhere: `#anchor`, `id.md#anchor`, `/avsnitt/…`."""
    pages = tuple(pages)
    anchors = {page.document.front.id: {s.anchor for s in page.sections} for page in pages}
    editions = {page.document.key for page in pages}
    for page in filter(lambda page: page.is_authored, pages):
        for line, match in lines_with(page, _LINK):
            target = unquote(match["target"])
            if line >= page.body_line and not _leads(target, page, anchors, editions):
                yield page.error(
                    line,
                    Name.REFERENCE,
                    f"länken {target} leder ingenstans.",
                    "Skriv dokument.md#ankare, eller ta bort länken.",
                )


def _leads(target: str, page: Page, anchors: Mapping[str, set[str]], editions: set[str]) -> bool:
    if passage := _PASSAGE.fullmatch(target):
        key = f"{passage['id']}@{passage['edition']}"
        return key in editions and passage["anchor"] in anchors[passage["id"]]
    if _OUTSIDE.match(target):
        return True
    path, _, anchor = target.partition("#")
    document = path.removesuffix(".md").rsplit("/", 1)[-1] or page.document.front.id
    if document not in anchors:
        return False
    return not anchor or anchor in anchors[document]
