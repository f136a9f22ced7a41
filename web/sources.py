"""The sources beside the answers: each citation's facts, and the quote marked in its passage."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import quote, urlencode

from markupsafe import Markup

from kb.records import Citation
from kb.rules import rule_label
from web.facts import Fact, facts_of, rule_facts
from web.guide import PassageContext
from web.markdown import Inline, one_line, plain_inline, render_blocks, split_quote
from web.sheet import PLACE, is_pdf
from web.templating import templates
from web.texts import Wording


@dataclass(frozen=True, slots=True)
class Source:
    """A citation ready to show: its facts, the quote marked in its passage, where to read on.

    `rule` names the rule it is, `original` is where its page is shown; either may be empty.
    """

    citation: Citation
    rule: str
    facts: tuple[Fact, ...]
    blocks: tuple[Markup, ...]
    link: str
    original: str


@dataclass(frozen=True, slots=True)
class Group:
    """The sources of one answer; `number` counts the questions of the conversation from 1."""

    number: int
    heading: str
    sources: tuple[Source, ...]


def source_of(
    citation: Citation, context: PassageContext | None, *, page: Wording, today: date
) -> Source:
    """Make a source; without its passage, which may be gone, the quote stands alone."""
    text = context.passage.text if context else citation.quote
    facts = facts_of(
        citation, headings=citation.headings, page=citation.page, words=page, today=today
    )
    link = passage_link(citation, text=text, page=page)
    has_picture = context is not None and is_pdf(context.front)
    scan = Fact(page.say("scanned"), page.say("check_original"))
    return Source(
        citation=citation,
        rule=rule_label(citation.norm, citation.basis, page.language),
        facts=(*rule_facts(citation.basis, page), *facts, *((scan,) if citation.scanned else ())),
        blocks=render_blocks(text, inline=marker(citation.quote)),
        link=link,
        original=f"{link}#{PLACE}" if has_picture and citation.page else "",
    )


def render_panel(groups: Sequence[Group], *, newest: int, page: Wording) -> Markup:
    """Show the sources of every answer: those of question `newest` open, the others folded."""
    shown = [group for group in groups if group.sources]
    template = templates().get_template("panel.html")
    return one_line(
        template.render(
            page=page,
            current=[group for group in shown if group.number == newest],
            earlier=[group for group in reversed(shown) if group.number != newest],
        )
    )


def marker(quoted: str) -> Inline:
    """Make the reader of one block that marks what stands in `quoted`."""

    def inline(text: str) -> str:
        before, inside, after = split_quote(text, quoted)
        parts = (before, inside, after)
        lead, body, rest = (plain_inline(part) if part.strip() else part for part in parts)
        return f"{lead}<mark>{body}</mark>{rest}" if inside else lead

    return inline


def passage_link(citation: Citation, *, text: str, page: Wording) -> str:
    """Return the address of the passage's page, with where in `text` the quote stands."""
    steps = (citation.document_id, citation.edition, citation.anchor)
    path = "/avsnitt/" + "/".join(quote(step, safe="") for step in steps)
    query: dict[str, str | int] = {} if page.language == "sv" else {"sprak": page.language}
    start = text.find(citation.quote)
    if start >= 0 and citation.quote:
        query |= {"fran": start, "till": start + len(citation.quote)}
    return path + ("?" + urlencode(query) if query else "")
