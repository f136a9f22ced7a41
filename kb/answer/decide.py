"""Recognise a question that a decision table settles: what information, into what type of tool."""

from collections.abc import Iterable
from dataclasses import dataclass

from ingest.library.decision_table import DecisionTable, Product, Ruling, Verdict
from kb.answer.direct import asks_leave, asks_what_now, tells_of_mishap
from kb.answer.understand import Expects, Question
from kb.language.expressions import Expression, Places, places_in, read_expressions, where
from kb.language.swedish import Analyser

_CLOSED = frozenset({Expects.PERMISSION, Expects.YES_NO, Expects.OTHER})
_NEAR = 3  # tokens between `i` and the tool it leads to: "i en öppen AI-tjänst"


@dataclass(frozen=True, slots=True)
class Decision:
    """What a table says: the verdict, and the sections and sentences that carry it, in order.

    No verdict is given where the information has already gone in: then it is an incident.

    `sections` are `document#anchor`; `quotes` verbatim sentences of them to show besides their
    first. `product` is the named product that nobody has assessed, if that is why.
    """

    verdict: Verdict | None
    sections: tuple[str, ...]
    quotes: tuple[str, ...]
    product: str | None = None


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """A decision table with its words as search terms, ready to be found in questions."""

    table: DecisionTable
    tools: dict[str, frozenset[Expression]]
    products: tuple[tuple[Product, frozenset[Expression]], ...]
    unstated: frozenset[Expression]
    information: dict[str, frozenset[Expression]]
    enter: frozenset[Expression]
    process: frozenset[Expression]
    use: frozenset[Expression]
    into: frozenset[Expression]
    altered: frozenset[Expression]


def read_vocabulary(table: DecisionTable, analyser: Analyser) -> Vocabulary:
    """Analyse every expression of a table once."""

    def terms(words: Iterable[str]) -> frozenset[Expression]:
        return read_expressions(words, analyser)

    handling = table.handling
    return Vocabulary(
        table=table,
        tools={name: terms(tool.words) for name, tool in table.tools.items()},
        products=tuple((one, terms((one.name, *one.words))) for one in table.products),
        unstated=terms(table.unstated.words),
        information={name: terms(kind.words) for name, kind in table.information.items()},
        enter=terms(handling.enter),
        process=terms(handling.process),
        use=terms(handling.use),
        into=terms(handling.into),
        altered=terms(handling.altered),
    )


def decide(question: Question, vocabulary: Vocabulary, analyser: Analyser) -> Decision | None:
    """Return what the table says of a question; None if the question is not one it settles.

    It must ask for leave, name information of a class, and have it go into a tool. A follow-up that
    only stands beside such a question asks something else of it, unless it asks for the reason.
    """
    asks = question.expects is Expects.REASON if question.leans else question.expects in _CLOSED
    if not asks or question.years:
        return None
    happened = tells_of_mishap(question)
    if not happened and not asks_leave(question):
        return None
    tokens = analyser.tokens(question.text if question.compares else question.topic)
    said = places_in(tokens)
    if where(vocabulary.altered, said):
        return None
    information = _strictest(vocabulary.information, places_in(tokens, heads_only=True))
    named = _tool(vocabulary, said)
    if happened:
        sure = information or (named and asks_what_now(question))
        return _entered(vocabulary.table) if sure else None
    return _settle(vocabulary, said, information, named) if information else None


def rule_on(statement: str, vocabulary: Vocabulary, analyser: Analyser) -> Decision | None:
    """Return what the table says of the matter of a statement; None if it settles none.

    The statement must name information of a class, and have it go into a tool that it names.
    """
    tokens = analyser.tokens(statement)
    said = places_in(tokens)
    information = _strictest(vocabulary.information, places_in(tokens, heads_only=True))
    named = _tool(vocabulary, said)
    if information is None or named is None or where(vocabulary.altered, said):
        return None
    return _settle(vocabulary, said, information, named)


def _settle(
    vocabulary: Vocabulary,
    said: Places,
    information: tuple[str, int],
    named: tuple[str | Product | None, int] | None,
) -> Decision | None:
    """Return what the table says of information, at its place in a text, and a tool."""
    kind, informed_at = information
    if not _goes_in(vocabulary, said, informed_at, named[1] if named else None):
        return None
    row = named[0] if named else None
    if isinstance(row, str):
        return _from(vocabulary.table.rulings[row][kind])
    if isinstance(row, Product):
        return _of_product(vocabulary.table, row, kind)
    return _unstated(vocabulary.table, kind)


def _tool(vocabulary: Vocabulary, said: Places) -> tuple[str | Product | None, int] | None:
    """Return the type or product a question names, and where; a stated type wins over a name.

    (None, place) is a tool of no stated type: "AI". None is no tool at all.
    """
    product = next(
        ((one, at[0]) for one, words in vocabulary.products if (at := where(words, said))), None
    )
    stated = _strictest(vocabulary.tools, said)
    if stated:
        return stated[0], min(stated[1], product[1]) if product else stated[1]
    if product:
        return product[0].tool or product[0], product[1]
    anywhere = where(vocabulary.unstated, said)
    return (None, anywhere[-1]) if anywhere else None


def _goes_in(
    vocabulary: Vocabulary,
    said: Places,
    informed_at: int,
    tool_at: int | None,
) -> bool:
    """Say whether a question has the information go into the tool."""
    if where(vocabulary.enter, said):
        return True
    if tool_at is None:
        return False
    if where(vocabulary.process, said):
        return True
    leads = any(0 < tool_at - place <= _NEAR for place in where(vocabulary.into, said))
    return bool(where(vocabulary.use, said)) and informed_at < tool_at and leads


def _from(ruling: Ruling) -> Decision:
    return Decision(ruling.verdict, ruling.rules, ruling.conditions)


def _of_product(table: DecisionTable, product: Product, kind: str) -> Decision:
    """Decide for a product that nobody has assessed, and say that it is so."""
    ruling = table.rulings[table.unassessed.tool][kind]
    return Decision(
        ruling.verdict,
        (*ruling.rules, table.unassessed.note),
        (*ruling.conditions, *table.unassessed.quotes),
        product.name,
    )


def _entered(table: DecisionTable) -> Decision | None:
    return Decision(None, table.entered.rules, ()) if table.entered else None


def _unstated(table: DecisionTable, kind: str) -> Decision:
    """Decide for a tool of no stated type: no where both rows say no, otherwise on conditions."""
    stricter = table.rulings[table.unstated.stricter][kind]
    milder = table.rulings[table.unstated.milder][kind]
    if stricter.verdict is milder.verdict is not Verdict.ONLY_IF:
        return _from(milder)
    return Decision(
        Verdict.ONLY_IF,
        tuple(dict.fromkeys((*milder.rules, *stricter.rules))),
        (*milder.conditions, *stricter.conditions),
    )


def _strictest(groups: dict[str, frozenset[Expression]], said: Places) -> tuple[str, int] | None:
    """Return the first group that a question names, and where; groups stand strictest first."""
    found = ((name, where(words, said)) for name, words in groups.items())
    return next(((name, at[0]) for name, at in found if at), None)
