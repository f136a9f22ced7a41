"""Find Swedish sentences: where one ends, and where a full stop is only an abbreviation."""

import re

_ABBREVIATIONS = frozenset(
    """t.ex bl.a m.m m.fl dvs d.v.s osv o.s.v etc kap st dnr nr s ss f ff tel prop bet skr ds sou
    dir rskr jfr enl resp ev s.k o.d e.d o.dyl t.o.m fr.o.m f.d f.n t.v p.g.a pga m.a.o i.o.m a.a
    fig tab bil avsn avd ordf adj kl ca max min inkl exkl mom art p proc mnkr tkr mån tim ggr jan
    feb febr mar apr jun jul aug sept okt nov dec tis ons tors fre lör sön f.ö d.d hr dr prof st.f
    vgl obs ref vol dok bitr tf ang särsk ärendenr diarienr personnr org.nr orgnr t.f u.a u.p.a
    i.st.f o.likn ibid m.a.p forts föreg m.v mha uppl e.g i.e vs""".split()
)
# These may also be the last word of a sentence.
_MAY_END = frozenset(
    """m.m m.fl osv o.s.v etc t.v o.d e.d o.dyl mån tim mnkr tkr st ff f proc ärendenr diarienr
    personnr ggr""".split()
)
_BREAK = re.compile(
    r"(?P<stop>[.!?…]+)[\"”’»)\]]*\s+(?=(?P<next>[–\-•\"”’»(\[]?\s?[A-ZÅÄÖÉ0-9–•§]))"
)
_WORD_BEFORE = re.compile(r"[\w.§/:-]+$")
_ITEM = re.compile(r"^[ \t]*(?:[-*+•–]|\d{1,3}[.)]|[a-zåäö][.)])[ \t]+", re.MULTILINE)


def spans(text: str) -> list[tuple[int, int]]:
    """Return the (start, end) character offsets of the sentences of a text, in order.

    A line that begins a list item begins a sentence of its own; table rows count as lines. The
    offsets leave out surrounding white space, so `text[start:end]` is verbatim.
    """
    found = []
    for start, end in _pieces(text):
        position = start
        for match in _BREAK.finditer(text, start, end):
            if _ends_sentence(text, position, match):
                found.append((position, match.end()))
                position = match.end()
        found.append((position, end))
    return [trimmed for span in found if (trimmed := _trim(text, *span)) is not None]


def split(text: str) -> list[str]:
    """Return the sentences of a text."""
    return [text[start:end] for start, end in spans(text)]


def _pieces(text: str) -> list[tuple[int, int]]:
    starts = {0, *(match.start() for match in _ITEM.finditer(text))}
    starts |= {match.end() for match in re.finditer(r"\n\s*\n", text)}
    starts |= {match.start() for match in re.finditer(r"^\|", text, re.MULTILINE)}
    ordered = sorted(starts)
    return list(zip(ordered, [*ordered[1:], len(text)], strict=True))


def _ends_sentence(text: str, start: int, match: re.Match[str]) -> bool:
    if match["stop"] != ".":
        return True
    end = match.start()
    before = _WORD_BEFORE.search(text[start:end])
    word = before.group().lower().strip('("”') if before else ""
    following = text[match.end() : match.end() + 40]
    if word.isdigit() and len(word) <= 3 and start == end - len(word):
        return False  # "1. Kommunstyrelsen …": the number of a list item
    if word in _ABBREVIATIONS:
        return word in _MAY_END and bool(re.match(r"[\"”»(]?[A-ZÅÄÖÉ–•]", following))
    if len(word) == 1 and text[end - 1].isupper():
        return False  # an initial: "J. Berg"
    return not re.fullmatch(r"(?:\w\.)+\w", word)  # an abbreviation we do not know


def _trim(text: str, start: int, end: int) -> tuple[int, int] | None:
    piece = text[start:end]
    left = len(piece) - len(piece.lstrip())
    right = len(piece) - len(piece.rstrip())
    return (start + left, end - right) if piece.strip() else None
