"""Check rules: a norm has a basis, both are known words, and what commands has a norm."""

import re
from collections.abc import Iterator

from ingest.document import Basis, Norm
from ingest.library import sentences
from ingest.library.markdown import Section
from kb.check.finding import Finding, Name
from kb.check.limits import Command, Limits
from kb.check.page import Page, text_of


def check_rules(page: Page, *, limits: Limits) -> Iterator[Finding]:
    """Find rules that do not say how strong they are or what they rest on."""
    for section in page.sections:
        yield from _check_attributes(page, section)
        if (
            section.norm is None
            and page.is_authored
            and page.document.front.kind not in limits.no_commands_in
            and commands(text_of(section), words=limits.command)
        ):
            yield page.warning(
                page.line_of(section),
                Name.RULE,
                f"avsnittet #{section.anchor} börjar som en regel men har ingen norm.",
                'Skriv norm="MÅSTE" eller norm="FÅR INTE" och en basis, '
                "eller börja med villkoret som regeln beror på.",
            )


def commands(text: str, *, words: Command) -> bool:
    """Say whether the first sentence commands: someone, then at once must, shall or may not.

    A condition, a question or a retold text before the verb makes it no command.
    """
    first = next(iter(sentences.split(text)), "")
    verb = re.search(rf"\b(?:{'|'.join(map(re.escape, words.verbs))})\b", first, re.IGNORECASE)
    if verb is None or any(told in first for told in words.reported):
        return False
    subject = re.findall(r"[\w-]+", first[: verb.start()].lower())
    if not 1 <= len(subject) <= words.longest_subject:
        return False
    return not set(subject) & set(words.not_before_the_verb)


def _check_attributes(page: Page, section: Section) -> Iterator[Finding]:
    line, heading = page.line_of(section), page.heading_of(section)
    for name, chosen, choices in (("norm", heading.norm, Norm), ("basis", heading.basis, Basis)):
        written = heading.attributes.get(name)
        if written is not None and chosen is None:
            yield page.error(
                line,
                Name.RULE,
                f'{name}="{written}" är okänt.',
                f"Skriv något av {', '.join(choices)}.",
            )
    if heading.norm and "basis" not in heading.attributes:
        yield page.error(
            line,
            Name.RULE,
            f"regeln #{section.anchor} säger inte vad den vilar på.",
            'Skriv basis="lag", "beslut" eller "råd" efter normen.',
        )
    if heading.basis and "norm" not in heading.attributes:
        yield page.error(
            line,
            Name.RULE,
            f"avsnittet #{section.anchor} har basis men ingen norm.",
            f"Skriv norm och något av {', '.join(Norm)}, eller ta bort basis.",
        )
