"""What stands under an answer: copy it, say whether it helped, ask the council, its id."""

from markupsafe import Markup

from kb.records import Outcome
from web.markdown import one_line
from web.reactions import Given, may_ask_council, may_be_rated
from web.templating import templates
from web.texts import Wording

_NOTHING_TO_COPY = frozenset({Outcome.REDACT_FIRST, Outcome.FAILED})


def render_after(
    number: int, *, receipt: str, outcome: Outcome, given: Given, page: Wording
) -> Markup:
    """Show what may be done with answer `number`, and what has been done.

    An answer without a `receipt` is not in the journal: there is nothing to refer to or rate.
    """
    useful = given.useful(receipt)
    template = templates().get_template("after.html")
    return one_line(
        template.render(
            page=page,
            number=number,
            receipt=receipt,
            may_copy=outcome not in _NOTHING_TO_COPY,
            may_rate=bool(receipt) and may_be_rated(outcome),
            useful=useful,
            may_ask=bool(receipt) and may_ask_council(outcome, useful=useful),
            has_asked=given.has_asked(receipt),
        )
    )
