"""Check legal references: the law is named beside the paragraph, and among the sources."""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from ingest.document import Basis
from ingest.library import sentences
from ingest.library.markdown import Section
from ingest.shipped_data import read_yaml
from kb.check.finding import Finding, Name
from kb.check.page import Page, text_of

# "6 kap. 37 §", "artikel 50.4", "bilaga III"; a decision is written the other way, "§ 100".
_PLACE = re.compile(
    r"(?<![\d-])\b\d{1,3} ?[a-z]? §|\b\d{1,3} ?[a-z]? kap\.|\bartik(?:el|larna|eln) \d"
    r"|\bbilag(?:a|orna) [IVX]+\b"
)
_WHOLE = re.compile(r"\(\d{4}:\d+\)|\b[A-ZÅÄÖ]+FS \d{4}:\d+")  # "(2018:585)", "MCFFS 2026:11"
Law = tuple[str, re.Pattern[str]]


def check_laws(page: Page) -> Iterator[Finding]:
    """Find paragraphs whose law is not said or no source, and rules of law without a law."""
    if not page.is_authored:
        return
    for section in page.sections:
        text = _said(section)
        if refers(text) and not laws_in(text):
            yield page.warning(
                page.line_of(section),
                Name.LAW,
                f"avsnittet #{section.anchor} nämner ett lagrum men inte vilken lag.",
                "Skriv lagens namn i samma mening som paragrafen eller artikeln.",
            )
        if section.basis is Basis.LAW and not _cites(text):
            yield page.error(
                page.line_of(section),
                Name.LAW,
                f'regeln #{section.anchor} har basis="lag" men säger inte var i vilken lag.',
                'Skriv lag och paragraf eller artikel i avsnittet, eller sätt basis="råd".',
            )
    yield from _without_source(page)


def refers(text: str) -> bool:
    """Say whether a text points at a paragraph, chapter, article or annex of a law."""
    return _PLACE.search(text) is not None


def laws_in(text: str) -> Sequence[Law]:
    """Return the laws a text names, each with the pattern that knows all its names."""
    return [law for law in _laws() if law[1].search(text)]


def _without_source(page: Page) -> Iterator[Finding]:
    """Find laws that a sentence refers to and no source names; each is reported once."""
    sources = " ".join(f"{source.title} {source.ref}" for source in page.document.front.sources)
    missing: dict[str, Section] = {}
    for section in page.sections:
        for sentence in filter(refers, sentences.split(_said(section))):
            for name, pattern in laws_in(sentence):
                if not pattern.search(sources):
                    missing.setdefault(name, section)
    for name, section in missing.items():
        yield page.error(
            page.line_of(section),
            Name.LAW,
            f"{name} anges i #{section.anchor} men står inte bland sources.",
            "Lägg till lagen med paragraf eller artikel som källa.",
        )


def _cites(text: str) -> bool:
    """Say whether a text names a law and where in it, or the whole of it by number."""
    return bool(_WHOLE.search(text) or (laws_in(text) and refers(text)))


def _said(section: Section) -> str:
    """Return a section's own heading and text."""
    return f"{section.headings[-1]}\n\n{text_of(section)}"


@cache
def _laws() -> tuple[Law, ...]:
    return tuple((names[0], _pattern(names)) for names in read_yaml("kb", "laws.yaml"))


def _pattern(names: Sequence[str]) -> re.Pattern[str]:
    """Match any of the names: abbreviations as whole words, others with any ending and case."""
    parts = [
        rf"\b{re.escape(name)}(?!\w)"
        if re.fullmatch(r"[A-Z]\w{0,3}", name)
        else rf"(?i:(?<!\w){re.escape(name)})"
        for name in names
    ]
    return re.compile("|".join(parts))
