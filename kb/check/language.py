"""Check the language: how hard a Document is to read, and what says the same thing twice."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ingest.library.markdown import Section
from ingest.library.readability import measure
from kb.check.finding import Finding, Name
from kb.check.limits import Limits
from kb.check.page import Page, text_of

_Run = tuple[str, ...]


class _Compared(NamedTuple):
    page: Page
    section: Section
    runs: frozenset[_Run]


def check_readability(page: Page, *, limits: Limits) -> Iterator[Finding]:
    """Find a Document that is hard to read, by LIX over its sections."""
    measured = measure("\n\n".join(map(text_of, page.sections)))
    if not page.is_authored or measured.words < limits.lix.fewest_words:
        return
    if measured.lix > limits.lix.warning:
        hard = measured.lix > limits.lix.error
        report = page.error if hard else page.warning
        yield report(
            page.body_line,
            Name.READABILITY,
            f"texten är svårläst: LIX {measured.lix:.0f} "
            f"(högst {limits.lix.error if hard else limits.lix.warning}).",
            "Korta meningarna och byt långa ord mot vanliga.",
        )


def check_duplicates(pages: Iterable[Page], *, limits: Limits) -> Iterator[Finding]:
    """Find sections that are nearly alike, by the runs of words they share."""
    before: list[_Compared] = []
    holders: defaultdict[_Run, list[int]] = defaultdict(list)
    for page in pages:
        for one in _compared(page, limits) if page.is_authored else ():
            shared = Counter(place for run in one.runs for place in holders[run])
            for place, common in sorted(shared.items()):
                share = common / (len(one.runs) + len(before[place].runs) - common)
                if share >= limits.duplicates.share and _are_comparable(one, before[place]):
                    yield _duplicate(one, before[place])
            for run in one.runs:
                holders[run].append(len(before))
            before.append(one)


def _duplicate(one: _Compared, earlier: _Compared) -> Finding:
    there = f"{earlier.page.document.front.id}#{earlier.section.anchor}"
    return one.page.warning(
        one.page.line_of(one.section),
        Name.DUPLICATE,
        f"avsnittet #{one.section.anchor} säger nästan samma sak som {there}.",
        "Behåll det ena, eller skriv vad som skiljer dem först.",
    )


def _are_comparable(one: _Compared, other: _Compared) -> bool:
    """Say whether two sections should differ; those about different years may be alike."""
    years = {one.page.document.front.year, other.page.document.front.year}
    return len(years) == 1 or None in years


def _compared(page: Page, limits: Limits) -> Iterator[_Compared]:
    size = limits.duplicates.run_of_words
    for section in page.sections:
        words = re.findall(r"[^\W_]+", text_of(section).lower())
        if len(words) >= limits.duplicates.fewest_words:
            runs = (tuple(words[at : at + size]) for at in range(len(words) - size + 1))
            yield _Compared(page, section, frozenset(runs))
