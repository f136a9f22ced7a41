"""Compose the answer: short direct answer, verbatim quotes in reading order, numbered sources."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from ingest.document import FrontMatter, Passage
from kb.answer.choose import Choice
from kb.answer.direct import direct_answer
from kb.answer.scoring import Known, Scored
from kb.answer.understand import Question
from kb.answer.units import units_of
from kb.records import Citation, Hit


@dataclass(frozen=True, slots=True)
class Quote:
    """Neighbouring units of one passage, quoted together under one number."""

    units: tuple[Scored, ...]

    @property
    def text(self) -> str:
        """Return the verbatim slice of the passage from the first unit to the last."""
        first, last = self.units[0].unit, self.units[-1].unit
        blocks = self.units[0].hit.passage.blocks
        if first.block == last.block:
            return blocks[first.block].text[first.start : last.end]
        middle = [block.text for block in blocks[first.block + 1 : last.block]]
        return "\n\n".join(
            [blocks[first.block].text[first.start :], *middle, blocks[last.block].text[: last.end]]
        )


@dataclass(frozen=True, slots=True)
class Composition:
    """The text of an answer with its citations; `short` is the direct answer or empty."""

    short: str
    text: str
    citations: tuple[Citation, ...]


def compose(
    question: Question,
    choice: Choice,
    *,
    front: Callable[[str, str], FrontMatter],
    known: Known,
) -> Composition:
    """Compose an answer from what was chosen.

    `front(document_id, edition)` gives a document's front matter; `known` is the question that the
    best passage was written for and that is likest to what is asked.
    """
    quotes = group(choice.units)
    citations = tuple(
        cite(quote, number, front=front) for number, quote in enumerate(quotes, start=1)
    )
    main = choice.hits[0].passage
    first = quotes[0]
    of_main = first.units[0].hit.passage is main
    direct = direct_answer(question, main, first.text, known=known if of_main else Known())
    if direct.cut:
        citations = (replace(citations[0], quote=citations[0].quote[direct.cut :]), *citations[1:])
    return Composition(direct.short, lay_out(direct.short, citations), citations)


def quote_plainly(choice: Choice, *, front: Callable[[str, str], FrontMatter]) -> Composition:
    """Quote what was chosen, without a direct answer: for what is near but no answer."""
    citations = tuple(
        cite(quote, number, front=front) for number, quote in enumerate(group(choice.units), 1)
    )
    return Composition("", lay_out("", citations), citations)


def lay_out(short: str, citations: Sequence[Citation]) -> str:
    """Write an answer: the direct answer unless the first quote says it, then every quote.

    Years stand in front of the quotes when more than one year's edition is quoted.
    """
    years = {citation.year for citation in citations if citation.year}
    lines = [say(citation, with_year=len(years) > 1) for citation in citations]
    lead = [] if not short or citations[0].quote.startswith(short.rstrip(".")) else [short]
    return "\n\n".join(_paragraphs(lead, lines))


def group(units: Sequence[Scored]) -> list[Quote]:
    """Put neighbouring units of the same block together, in the order given."""
    quotes: list[list[Scored]] = []
    for scored in units:
        last = quotes[-1][-1] if quotes else None
        if last is not None and _adjoin(last, scored):
            quotes[-1].append(scored)
        else:
            quotes.append([scored])
    return [Quote(tuple(quote)) for quote in quotes]


def cite(quote: Quote, number: int, *, front: Callable[[str, str], FrontMatter]) -> Citation:
    """Resolve a quote to document, edition, passage, page and digest."""
    passage = quote.units[0].hit.passage
    about = front(passage.document_id, passage.edition)
    block = passage.blocks[quote.units[0].unit.block]
    return Citation(
        n=number,
        document_id=passage.document_id,
        title=about.title,
        kind=about.kind,
        edition=about.edition,
        year=about.year,
        status=about.status,
        valid_from=about.valid_from,
        valid_to=about.valid_to,
        decided_by=about.decided_by,
        dnr=about.dnr,
        headings=passage.headings,
        page=block.page,
        anchor=passage.anchor,
        quote=quote.text,
        digest=passage.digest,
        norm=passage.norm,
        basis=passage.basis,
        scanned=block.scanned,
    )


def cite_whole(
    passage: Passage, number: int, *, front: Callable[[str, str], FrontMatter]
) -> Citation:
    """Resolve a whole passage to a citation."""
    hit = Hit(rank=1, score=1.0, dense=1.0, lexical=1.0, passage=passage)
    units = tuple(
        Scored(hit, unit, score=1.0, meaning=1.0, coverage=1.0, typed=True)
        for unit in units_of(passage)
    )
    return cite(Quote(units), number, front=front)


def say(citation: Citation, *, with_year: bool = False) -> str:
    """Write a quote with its number, and its year in front when years could be mixed up."""
    year = f"{citation.year}: " if with_year and citation.year else ""
    mark = f"\n[{citation.n}]" if "\n" in citation.quote else f" [{citation.n}]"
    return f"{year}{citation.quote}{mark}"


def _adjoin(one: Scored, other: Scored) -> bool:
    """Say whether nothing stands between two units of one passage, no page break either."""
    if one.hit.passage.id != other.hit.passage.id or one.place > other.place:
        return False
    first, second = (one.hit.passage.blocks[scored.unit.block] for scored in (one, other))
    if one.unit.block == other.unit.block:
        return not first.text[one.unit.end : other.unit.start].strip()
    follows = other.unit.block == one.unit.block + 1
    on_one_page = (first.page, first.last_page) == (second.page, second.last_page)
    at_the_edge = not (first.text[one.unit.end :] + second.text[: other.unit.start]).strip()
    return follows and on_one_page and at_the_edge


def _paragraphs(lead: list[str], lines: list[str]) -> list[str]:
    """Join one-line quotes into a paragraph; lists and tables stand by themselves."""
    paragraphs: list[str] = []
    running = list(lead)
    for line in lines:
        if "\n" in line:
            if running:
                paragraphs.append(" ".join(running))
            paragraphs.append(line)
            running = []
        else:
            running.append(line)
    if running:
        paragraphs.append(" ".join(running))
    return paragraphs
