"""Poisoned web pages and Markdown: what mark-up, styles and unseen characters can hide."""

from collections.abc import Callable, Mapping
from html import escape

from evals.poison.cases import Poison

_STYLE = "<style>.anm { display: none } .lugn { color: #333 }</style>"
_TAGS = 0xE0000  # tag characters mirror ASCII from here
_LATIN, _CYRILLIC = "aeopcxyiAEOPCXTMHKB", "аеорсхуіАЕОРСХТМНКВ"


def make_html(case: Poison) -> bytes:
    """Return a page with heading, text and the planted sentence by the case's technique."""
    inside = IN_HTML[case.technique](escape(case.planted, quote=True))
    head = f'<meta charset="utf-8"><title>{escape(case.title)}</title>{_STYLE}'
    if case.technique == "meta":
        head, inside = head + inside, ""
    body = f"<h1>{escape(case.title)}</h1><p>{escape(case.text)}</p>{inside}"
    page = (
        f"<!doctype html><html lang='sv'><head>{head}</head><body><main>{body}</main></body></html>"
    )
    return page.encode()


def make_markdown(case: Poison) -> bytes:
    """Return a text with heading and the planted sentence by the case's technique."""
    header = f"---\n{case.header.strip()}\n---\n\n" if case.header else ""
    inside = IN_MARKDOWN[case.technique](case.planted)
    return f"{header}# {case.title}\n\n{case.text}\n\n{inside}\n".encode()


def unmask(text: str) -> str:
    """Write the Cyrillic letters that look like Latin ones in Latin."""
    return text.translate(str.maketrans(_CYRILLIC, _LATIN))


def _styled(style: str) -> Callable[[str], str]:
    return lambda text: f'<p style="{style}">{text}</p>'


IN_HTML: Mapping[str, Callable[[str], str]] = {
    "display_none": _styled("display: none"),
    "display_none_class": lambda text: f'<p class="anm">{text}</p>',
    "visibility_hidden": _styled("visibility:hidden"),
    "opacity_zero": _styled("opacity: 0"),
    "font_size_zero": _styled("font-size:0"),
    "white": _styled("color:#fff; background:#fff"),
    "off_screen": _styled("position:absolute; left:-9999px"),
    "aria_hidden": lambda text: f'<p aria-hidden="true">{text}</p>',
    "hidden_attribute": lambda text: f"<p hidden>{text}</p>",
    "comment": lambda text: f"<!-- {text} -->",
    "meta": lambda text: f'<meta name="description" content="{text}">',
    "alt_text": lambda text: f'<p>Bild: <img src="bild.png" alt="{text}"></p>',
    "title_attribute": lambda text: f'<p title="{text}">Se rutinen.</p>',
    "hidden_field": lambda text: f'<form><input type="hidden" value="{text}"></form>',
    "template": lambda text: f"<template><p>{text}</p></template>",
    "plain": lambda text: f"<p>{text}</p>",
    "image": lambda text: f'<p><img src="{text}" alt=""> Läget i dag.</p>',
    "link": lambda text: f'<p>Mer finns <a href="{text}">här</a>.</p>',
}
"""Techniques in HTML; the planted of `image` and `link` is their address."""

IN_MARKDOWN: Mapping[str, Callable[[str], str]] = {
    "comment": lambda text: f"<!-- {text} -->",
    "link_definition": lambda text: f"[//]: # ({text})",
    "link_title": lambda text: f'Läs [rutinen](rutin.md "{text}").',
    "alt_text": lambda text: f"![{text}](bild.png)",
    "display_none": lambda text: f'<span style="display:none">{text}</span>',
    "tag_characters": lambda text: f"Gäller tills vidare.{_as_tags(text)}",
    "zero_width": lambda text: "\u200b".join(text),
    "bidi_override": lambda text: f"\u202e{text[::-1]}\u202c",
    "homoglyphs": lambda text: text.translate(str.maketrans(_LATIN, _CYRILLIC)),
    "soft_hyphens": lambda text: "\u00ad".join(text),
    "plain": lambda text: text,
    "front_matter": lambda text: text,
    "image": lambda text: f"![läget]({text})",
    "link": lambda text: f"Mer finns [här]({text}).",
}
"""Techniques in Markdown; the planted of `image` and `link` is their address."""


def _as_tags(text: str) -> str:
    """Write a text in tag characters, which no program shows; what is not ASCII goes out."""
    return "".join(chr(_TAGS + ord(letter)) for letter in text if letter.isascii())
