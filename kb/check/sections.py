"""Check each section's size and questions: short enough to quote, asked for in several ways."""

import re
from collections.abc import Iterable, Iterator

from kb.check.finding import Finding, Name
from kb.check.limits import Limits
from kb.check.page import Page, text_of


def check_length(page: Page, *, limits: Limits) -> Iterator[Finding]:
    """Find sections that are empty, or too long to be quoted."""
    if not page.is_authored:
        return
    bounds = limits.section_characters
    for place, section in enumerate(page.sections):
        length, line = len(text_of(section)), page.line_of(section)
        parents = {other.headings[:-1] for other in page.sections[place + 1 :]}
        if not length and section.headings not in parents:
            yield page.error(
                line,
                Name.LENGTH,
                f"avsnittet #{section.anchor} är tomt.",
                "Skriv regeln, eller ta bort rubriken.",
            )
        elif length > bounds.warning:
            report = page.error if length > bounds.error else page.warning
            limit = bounds.error if length > bounds.error else bounds.warning
            yield report(
                line,
                Name.LENGTH,
                f"avsnittet #{section.anchor} är {length} tecken (högst {limit}).",
                "Dela det i två avsnitt som svarar på var sin fråga.",
            )


def check_question_counts(page: Page, *, limits: Limits) -> Iterator[Finding]:
    """Find sections that are asked for in too few ways, or too many."""
    if not page.is_authored:
        return
    allowed, questions = limits.questions, page.document.front.questions
    for section in page.sections:
        count = len(questions.get(section.anchor, ()))
        if not section.blocks or allowed.fewest <= count <= allowed.most:
            continue
        wanted = f"{allowed.fewest}–{allowed.most}"
        yield page.warning(
            page.line_of_key(section.anchor, below="questions") if count else page.line_of(section),
            Name.QUESTIONS,
            f"avsnittet #{section.anchor} har {count} frågor ({wanted} behövs).",
            "Skriv hur medarbetare skulle fråga: formellt, kort, slarvigt, på engelska."
            if count < allowed.fewest
            else "Behåll dem som frågar på olika sätt.",
        )


def check_repeated_questions(pages: Iterable[Page]) -> Iterator[Finding]:
    """Find a question that two sections both claim to answer."""
    owner: dict[str, str] = {}
    for page in pages:
        for anchor, questions in page.document.front.questions.items():
            here = f"{page.document.front.id}#{anchor}"
            for question in questions:
                plain = " ".join(re.findall(r"\w+", question.lower()))
                if owner.setdefault(plain, here) != here:
                    yield page.warning(
                        page.line_of_key(anchor, below="questions"),
                        Name.QUESTIONS,
                        f"frågan '{question}' hör redan till {owner[plain]}.",
                        "Behåll frågan där svaret är helt.",
                    )
