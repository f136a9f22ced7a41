"""Turn Markdown from documents into safe HTML: quotes marked, citations linked, nothing fetched."""

import re
from collections.abc import Callable, Iterable, Sequence
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup, escape

Inline = Callable[[str], str]
_RULES = (
    *("table", "list", "blockquote", "fence", "hr", "heading"),
    *("emphasis", "backticks", "escape", "entity", "newline", "link", "autolink", "image"),
)
_SPACE = re.compile(r"\s+")


def render_blocks(text: str, *, inline: Inline | None = None) -> tuple[Markup, ...]:
    """Return one piece of HTML for each top-level block of `text`.

    Raw HTML is shown as text and images are never made, so that a document cannot make the
    browser do or fetch anything. `inline` turns the text of one block into HTML; the default
    only reads the Markdown in it.
    """
    markdown = _markdown()
    tokens = [_styled(token, inline or plain_inline) for token in markdown.parse(text)]
    return tuple(
        Markup(markdown.renderer.render(group, markdown.options, {}))  # noqa: S704 - escaped by the renderer
        for group in _grouped(tokens)
    )


def plain_inline(text: str) -> str:
    """Render the Markdown within one block."""
    return str(_markdown().renderInline(text))


def split_quote(text: str, quote: str) -> tuple[str, str, str]:
    """Part the text of a block into what is before, inside and after `quote`.

    A quote may span several blocks: a block that stands wholly inside it is inside.
    """
    start = text.find(quote) if quote else -1
    if start >= 0:
        return text[:start], quote, text[start + len(quote) :]
    if _flat(text) in _block_texts(quote):
        return "", text, ""
    return text, "", ""


def one_line(html: str) -> Markup:
    """Put HTML on one line, so that a Markdown reader sees one HTML block and reads no more."""
    return Markup(_SPACE.sub(" ", html).strip())  # noqa: S704 - changes white space only


def _flat(text: str) -> str:
    return _SPACE.sub(" ", text).strip()


def _block_texts(quote: str) -> set[str]:
    """Return the text of each paragraph, list item and table cell of a quote."""
    rows = (line for line in quote.splitlines() if line.lstrip().startswith("|"))
    cells = {_flat(cell) for row in rows for cell in row.split("|")}
    blocks = {_flat(t.content) for t in _markdown().parse(quote) if t.type == "inline"}
    return (blocks | cells) - {""}


@cache
def _markdown() -> MarkdownIt:
    markdown = MarkdownIt("zero", {"html": False}).enable(list(_RULES))
    # The library offers no other way to name the allowed schemes.
    setattr(markdown, "validateLink", _is_web_address)  # noqa: B010
    markdown.add_render_rule("image", _alternative_text)
    return markdown


def _alternative_text(
    _renderer: object, tokens: Sequence[Token], index: int, _options: object, _env: object
) -> str:
    return str(escape(tokens[index].content))


def _is_web_address(url: str) -> bool:
    return url.startswith(("https://", "http://"))


def _styled(token: Token, inline: Inline) -> Token:
    """Render the text of a block, and let a heading within a passage be a bold paragraph."""
    if token.type == "inline":
        html = inline(token.content)
        return token.copy(children=[Token("html_inline", "", 0, content=html)])
    if token.type in {"heading_open", "heading_close"}:
        attributes: dict[str, str | int | float] = {"class": "rubrik"}
        return token.copy(tag="p", attrs=attributes if token.nesting == 1 else {})
    return token


def _grouped(tokens: Iterable[Token]) -> Iterable[list[Token]]:
    group: list[Token] = []
    for token in tokens:
        group.append(token)
        if token.level == 0 and token.nesting <= 0:
            yield group
            group = []
