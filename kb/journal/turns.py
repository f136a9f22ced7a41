"""Write turns: what was asked, masked, and what was answered, with all that a receipt needs."""

from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import date, datetime
from threading import Lock
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, Table, insert, select

from kb.guide import Guide
from kb.journal.chain import append, canonical
from kb.journal.masking import mask_person, mask_quotes, writable
from kb.journal.records import Actor, Record
from kb.journal.setups import Setup, setup_of
from kb.journal.store import Journal
from kb.journal.tables import passage_text, setup
from kb.present import to_json
from kb.records import Answer, Citation, Outcome


class TurnRecorder:
    """Writes the turns of one guide; safe to share between threads."""

    def __init__(
        self,
        journal: Journal,
        guide: Guide,
        *,
        now: Callable[[], datetime],
        today: Callable[[], date],
    ) -> None:
        self._journal = journal
        self._guide = guide
        self._now = now
        self._today = today
        self._lock = Lock()
        self._setup: Setup | None = None

    def record(self, answer: Answer, *, actor: Actor, as_of: date | None = None) -> str:
        """Write an Answer before it is shown; return the id that its receipt has.

        Raises:
            JournalError: it could not be written; then it must not be shown either.
        """
        setup = self._current_setup()
        texts = {} if answer.outcome is Outcome.REDACT_FIRST else self._texts(answer)
        with self._journal.writing() as connection:
            return write_turn(
                connection,
                answer,
                actor=actor,
                setup=setup,
                texts=texts,
                as_of=as_of or self._today(),
                now=self._now(),
            )

    def _current_setup(self) -> Setup:
        """Describe the index in use; anew only when a newer generation has come."""
        index = self._guide.index
        with self._lock:
            if self._setup is None or self._setup.seal != index.made.digest:
                self._setup = setup_of(index)
            return self._setup

    def _texts(self, answer: Answer) -> dict[str, str]:
        view = self._guide.index.whole
        passages = (
            view.passage(f"{c.document_id}@{c.edition}#{c.anchor}") for c in answer.citations
        )
        return {passage.digest: passage.text for passage in passages if passage}


def write_turn(
    connection: Connection,
    answer: Answer,
    *,
    actor: Actor,
    setup: Setup,
    texts: Mapping[str, str],
    as_of: date,
    now: datetime,
) -> str:
    """Write a turn within the caller's write; return its id.

    `texts` are the cited passages by digest. Of a question that was turned back for personal
    data nothing is kept but that it happened and what kinds were found.
    """
    keeps_text = answer.outcome is not Outcome.REDACT_FIRST
    question = mask_person(answer.question, today=now.date()) if keeps_text else ""
    _keep(connection, _SETUP, setup.digest, setup.content)
    turn = append(
        connection,
        Record.TURN,
        {
            **who(actor),
            "language": answer.language,
            "outcome": answer.outcome.value,
            "mode": answer.mode,
            "as_of": as_of.isoformat(),
            "question": question,
            "masked": keeps_text and question != answer.question,
            "short": answer.short if keeps_text else "",
            "text": mask_quotes(answer.text, today=now.date()) if keeps_text else "",
            "notices": canonical([asdict(one) for one in answer.notices] if keeps_text else []),
            "contact": answer.contact or "",
            "related": canonical(answer.related if keeps_text else []),
            "timings": canonical({key: round(ms, 1) for key, ms in answer.timings_ms.items()}),
            "found": canonical(sorted(answer.personal_data)),
            "setup": setup.digest,
        },
        now=now,
        identity=answer.id or uuid4().hex,
    )
    for citation in answer.citations if keeps_text else ():
        if citation.digest in texts:
            _keep(connection, _PASSAGE, citation.digest, writable(texts[citation.digest]))
        append(connection, Record.CITATION, _citation(turn, citation), now=now)
    return turn


def who(actor: Actor) -> dict[str, str]:
    """Return the columns that say who did something."""
    return {
        "actor": writable(actor.user),
        "role": actor.role.value,
        "channel": actor.channel,
        "session": actor.session,
    }


def _citation(turn: str, citation: Citation) -> dict[str, Any]:
    return {
        "turn": turn,
        "n": citation.n,
        "document_id": citation.document_id,
        "edition": citation.edition,
        "anchor": citation.anchor,
        "digest": citation.digest,
        "content": writable(to_json(asdict(citation))),
    }


_SETUP = (setup, "content")
_PASSAGE = (passage_text, "text")


def _keep(connection: Connection, place: tuple[Table, str], digest: str, content: str) -> None:
    """Keep a content once, under its digest."""
    table, column = place
    if connection.execute(select(table.c.digest).where(table.c.digest == digest)).first() is None:
        connection.execute(insert(table), {"digest": digest, column: content})
