"""What the page does when somebody rates an answer or asks the council."""

import logging
from collections.abc import Callable
from typing import Any

import gradio as gr

from ingest.errors import VagvisarenError
from web.chat import status_line, who
from web.conversation import Conversation, Exchange
from web.reactions import Act, Given, Reaction, may_ask_council, may_be_rated, read_reaction
from web.recorder import Recorder
from web.texts import Wording

_LOG = logging.getLogger(__name__)
Updates = tuple[Any, ...]


def reactor(
    *, page: Wording, recorder: Recorder
) -> Callable[[str, Conversation, Given, gr.Request], Updates]:
    """Make the handler of what is done with an answer of this session, and of no other.

    The browser says only which answer of its own conversation it means; what that is called,
    and whether it may be rated, the server knows.
    """

    def react(raw: str, conversation: Conversation, given: Given, request: gr.Request) -> Updates:
        person, reaction = who(request), read_reaction(raw)
        if not conversation.is_open_to(person):  # a group was withdrawn: nothing is shown again
            return gr.skip(), gr.skip()
        exchange = _meant(conversation, reaction, given)
        if reaction is None or exchange is None:
            return gr.skip(), gr.skip()
        if not given.take(exchange.receipt, reaction.act, useful=reaction.useful):
            return gr.skip(), gr.skip()
        try:
            recorder.feedback(
                reaction.feedback(exchange.receipt),
                actor=person.acting(channel="web", session=conversation.session),
            )
        except VagvisarenError as error:
            given.give_back(exchange.receipt, reaction.act)
            _LOG.error("A reaction could not be journalled: %s", error)
            return gr.skip(), status_line("pagar", page.say("reaction_failed"))
        done = "council_sent" if reaction.act is Act.ASK_COUNCIL else "rate_thanks"
        return conversation.shown(given, page=page), status_line("tyst", page.say(done))

    return react


def _meant(conversation: Conversation, reaction: Reaction | None, given: Given) -> Exchange | None:
    """Return the answer that a reaction is about, if there is one and it may have it."""
    if reaction is None or not 0 < reaction.number <= len(conversation.exchanges):
        return None
    exchange = conversation.exchanges[reaction.number - 1]
    if reaction.act is Act.RATE:
        allowed = may_be_rated(exchange.outcome)
    else:
        useful = given.useful(exchange.receipt)
        allowed = may_ask_council(exchange.outcome, useful=useful)
    return exchange if exchange.receipt and allowed else None
