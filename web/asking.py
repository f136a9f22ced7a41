"""Ask the guide on the record: an answer that cannot be written down is not shown."""

import logging
import traceback
from dataclasses import replace
from uuid import uuid4

from ingest.errors import VagvisarenError
from kb.person import Person
from kb.records import Answer, Outcome, Turn
from web.guide import Guide, PassageContext
from web.recorder import Recorder
from web.texts import Wording

_LOG = logging.getLogger(__name__)
Told = tuple[Answer, tuple[PassageContext | None, ...]]


def ask_on_record(
    guide: Guide,
    question: str,
    *,
    history: tuple[Turn, ...],
    page: Wording,
    recorder: Recorder,
    session: str,
    person: Person,
) -> Told:
    """Ask, and write the Answer down; return it with the passage of each citation.

    A fault becomes a failed Answer; one without an `id` is not in the journal.
    """
    answer, contexts = _ask(guide, question, history=history, page=page, person=person)
    try:
        recorder.turn(answer, actor=person.acting(channel="web", session=session))
    except VagvisarenError as error:
        _LOG.error("The answer could not be journalled: %s", error)
        return replace(_failed(page.say("failed_answer"), page), id=""), ()
    return answer, contexts


def _ask(
    guide: Guide, question: str, *, history: tuple[Turn, ...], page: Wording, person: Person
) -> Told:
    try:
        answer = guide.ask(question, history=history, audience=person.groups)
        contexts = tuple(
            guide.passage_context(c.document_id, c.edition, c.anchor, audience=person.groups)
            for c in answer.citations
        )
    except VagvisarenError as error:
        _LOG.warning("The guide could not answer: %s", error)
        return _failed(str(error), page), ()
    except Exception as error:  # the outer edge of the web: a person always gets an answer
        # The message may quote the question, which must not reach a log: the kind and place may.
        place = "".join(traceback.format_tb(error.__traceback__))
        _LOG.error("The guide failed with %s\n%s", type(error).__name__, place)
        return _failed(page.say("failed_answer"), page), ()
    return answer, contexts


def _failed(text: str, page: Wording) -> Answer:
    return Answer(
        id=uuid4().hex,
        question="",
        language=page.language,
        outcome=Outcome.FAILED,
        short="",
        text=text,
    )
