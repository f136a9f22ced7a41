"""Turn an Answer into what is shown, step by step, every quote linked to its source."""

import re

from markupsafe import Markup, escape

from kb.records import Answer, Citation, Outcome
from web.markdown import Inline, one_line, plain_inline, render_blocks, split_quote
from web.templating import templates
from web.texts import Wording, wording

_REFERENCE = re.compile(r"\s*\[(\d{1,3})\]")


def render_pending(question: str, *, number: int, page: Wording) -> Markup:
    """Show a question that has no answer yet."""
    template = templates().get_template("answer.html")
    return one_line(template.render(number=number, question=question, page=page, pending=True))


def render_answer(
    answer: Answer, *, question: str | None, number: int, page: Wording
) -> tuple[Markup, ...]:
    """Show an answer in steps, each a whole block longer than the one before.

    `question` is None when it must not be shown again. The frame around the quotes speaks the
    answer's language, the page around it its own.
    """
    inline = cited(answer, number=number, page=page)
    short, blocks = _short_and_blocks(answer, inline=inline)
    # The text of a notice may quote and refer like the answer itself.
    notices = [Markup(inline(notice.text)) for notice in answer.notices]  # noqa: S704 - escaped
    steps = range(1, len(blocks) + 1) if len(blocks) > 1 else (len(blocks),)
    template = templates().get_template("answer.html")
    return tuple(
        one_line(
            template.render(
                number=number,
                question=question,
                page=page,
                words=wording(answer.language),
                pending=False,
                outcome=answer.outcome.value,
                label=_label(answer),
                short=short,
                blocks=blocks[:shown],
                notices=notices if shown == len(blocks) else (),
                contact=answer.contact if shown == len(blocks) else None,
            )
        )
        for shown in steps
    )


def _label(answer: Answer) -> str:
    """Return the key of the text that says what the answer is, and who wrote it."""
    if answer.outcome is Outcome.ANSWERED and answer.mode == "generative":
        return "outcome_answered_generative"
    return f"outcome_{answer.outcome.value}"


def _short_and_blocks(answer: Answer, *, inline: Inline) -> tuple[str, tuple[Markup, ...]]:
    """Part the direct answer from the rest, which becomes one block a quote."""
    short, text = "", answer.text.strip()
    # A quote may itself begin with the direct answer; it is never cut.
    begins_with_quote = any(text.startswith(citation.quote) for citation in answer.citations)
    if answer.short and text.startswith(answer.short) and not begins_with_quote:
        short, text = answer.short, text.removeprefix(answer.short).strip()
    if answer.contact:
        text = text.replace(answer.contact, "").strip()  # it is shown by itself, below
    known = "|".join(str(citation.n) for citation in answer.citations) or "(?!)"
    text = re.sub(rf"(\[(?:{known})\])[ \t]+(?=\S)", r"\1\n\n", text)
    text = re.sub(rf"(\|[ \t]*)\n(?=\[(?:{known})\])", r"\1\n\n", text)
    return short, render_blocks(text, inline=inline)


def cited(answer: Answer, *, number: int, page: Wording) -> Inline:
    """Make the reader of one block: quotes get their language, `[1]` becomes a link."""
    known = {citation.n: citation for citation in answer.citations}

    def inline(text: str) -> str:
        html, start = "", 0
        for match in _REFERENCE.finditer(text):
            citation = known.get(int(match.group(1)))
            if citation is None:
                continue
            html += _quoted(text[start : match.start()], answer, cited=citation)
            html += _reference(citation, number=number, page=page)
            start = match.end()
        return html + _quoted(text[start:], answer)

    return inline


def _quoted(text: str, answer: Answer, *, cited: Citation | None = None) -> str:
    """Mark the part of `text` that a citation holds as Swedish, the Document's own language.

    What stands before a reference may be a part of what it refers to; elsewhere only a whole
    quote, or a whole block of one, counts, lest a common word be taken for a quote.
    """
    for citation in answer.citations:
        before, inside, after = split_quote(text, citation.quote)
        if not inside and citation is cited and text.strip() and text.strip() in citation.quote:
            before, inside, after = "", text, ""
        if inside:
            lead, rest = (plain_inline(part) if part.strip() else part for part in (before, after))
            body = _with_direct_answer_bold(inside.strip(), answer.short)
            return f'{lead}<span class="citat" lang="sv">{body}</span>{rest}'
    return plain_inline(text) if text.strip() else text


def _with_direct_answer_bold(quote: str, short: str) -> str:
    direct = short.rstrip(".")
    if direct and quote.startswith(direct):
        return f"<strong>{escape(direct)}</strong>{plain_inline(quote.removeprefix(direct))}"
    return plain_inline(quote)


def _reference(citation: Citation, *, number: int, page: Wording) -> str:
    title = escape(page.say("sources_number", n=citation.n, title=citation.title))
    return (
        f' <a class="hanvisning" href="#kalla-{number}-{citation.n}" title="{title}">'
        f"[{citation.n}]</a>"
    )
