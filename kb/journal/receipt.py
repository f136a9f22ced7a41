"""Read the receipt of an answer: what was asked and answered, and from which editions."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from ingest.errors import JournalError
from kb.journal.events import note_reading
from kb.journal.export import local_time
from kb.journal.queries import KeptTurn, Wanted, earlier_in_session, find_turns
from kb.journal.records import Actor, Reading, Record
from kb.journal.setups import Setup, read_setup
from kb.journal.store import Journal
from kb.journal.tables import chain, passage_text, publication, removal, removed, setup


@dataclass(frozen=True, slots=True)
class Receipt:
    """An answer as the journal holds it, with all that is needed to replay it.

    `texts` are the cited passages by digest, whole, as they were; `published` are the files of
    cited editions that the council has published; `link` is the turn's place in the chain.
    """

    kept: KeptTurn
    setup: Setup
    texts: Mapping[str, str]
    published: Mapping[str, tuple[str, ...]]
    earlier: tuple[KeptTurn, ...]
    link: tuple[int, str]


def read_receipt(journal: Journal, identity: str, *, actor: Actor, now: datetime) -> Receipt:
    """Read a receipt; that it is read is written in the same moment.

    Raises:
        JournalError: there is no such answer, or it has been removed; the message says when,
            by which rule and decision.
    """
    with journal.writing() as connection:
        kept = next(find_turns(connection, Wanted(turn=identity)), None)
        reading = Reading("receipt", f"svar {identity}", int(kept is not None))
        note_reading(connection, reading, actor=actor, now=now)
        if kept is None:
            missing = _why_missing(connection, identity)
        else:
            return _receipt(connection, kept)
    raise JournalError(missing)


def _receipt(connection: Connection, kept: KeptTurn) -> Receipt:
    digests = {one["digest"] for one in kept.citations}
    cited = {(one["document_id"], one["edition"]) for one in kept.citations}
    content = connection.scalar(select(setup.c.content).where(setup.c.digest == kept.row["setup"]))
    if content is None:
        raise JournalError(
            "Kvittot är ofullständigt: inställningarna saknas. Kör vagvisaren doctor."
        )
    texts = connection.execute(select(passage_text).where(passage_text.c.digest.in_(digests)))
    link = connection.execute(
        select(chain.c.n, chain.c.seal).where(
            chain.c.kind == Record.TURN.value, chain.c.record == kept.row["id"]
        )
    ).first()
    return Receipt(
        kept=kept,
        setup=read_setup(content),
        texts={row.digest: row.text for row in texts},
        published={
            f"{name}@{edition}": _sources(connection, name, edition) for name, edition in cited
        },
        earlier=earlier_in_session(connection, kept),
        link=(link.n, link.seal) if link else (0, ""),
    )


def _sources(connection: Connection, document_id: str, edition: str) -> tuple[str, ...]:
    query = select(publication.c.source).where(
        publication.c.document_id == document_id, publication.c.edition == edition
    )
    return tuple(connection.scalars(query.order_by(publication.c.at.desc())))


def _why_missing(connection: Connection, identity: str) -> str:
    found = connection.execute(
        select(removal)
        .join(removed, removed.c.removal == removal.c.id)
        .where(removed.c.kind == Record.TURN.value, removed.c.record == identity)
    )
    gone = found.mappings().first()
    if gone is None:
        return (
            f"Svaret {identity} finns inte i journalen. Kontrollera id:t; en fråga från "
            "kommandoraden med --no-journal skrivs inte in."
        )
    decision = f" enligt {gone['decision']}" if gone["decision"] else ""
    return (
        f"Svaret {identity} har tagits bort ({gone['kind']}, {gone['rule']}{decision}) "
        f"{local_time(gone['at'])[:10]}. Det går inte att visa."
    )
