"""Keep sessions on the server, where every replica sees them and ending one bites at once.

A browser holds a random id and nothing else; the database holds its digest, so that neither a
backup nor a reader of the database can take over anybody's session. The rows are no record: they go
when the session has ended.
"""

import json
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path

from sqlalchemy import Engine, Row, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from kb.journal.chain import stamp
from kb.journal.records import Role
from kb.journal.store import open_engine
from kb.person import Person
from kb.sign_in.setup import SessionLimits
from kb.sign_in.tables import answering, make_tables, sessions, spent

FILE = "sessions.sqlite3"
_TOUCH = timedelta(minutes=1)
"""How often it is noted that a session is in use."""
_CONTINUES = timedelta(hours=12)
"""How long after its end a conversation may go on, once the same person has signed in again."""


@dataclass(frozen=True, slots=True)
class Session:
    """A person who has signed in; `thread` ties together the sessions of one browser."""

    person: Person
    thread: str


class Sessions:
    """The sessions of every replica; safe to share between threads.

    Every method raises SignInError when the database does not answer: then nobody is let in.
    """

    def __init__(
        self, engine: Engine, limits: SessionLimits, *, now: Callable[[], datetime]
    ) -> None:
        self._engine = engine
        self._look = engine.execution_options(only_look=True)
        self._limits = limits
        self._now = now
        make_tables(engine)

    def begin(
        self, person: Person, *, subject: str = "", provider_session: str = "", before: str = ""
    ) -> str:
        """Start a session with a new id and return the id; the one `before` ends.

        A browser that comes back as the same person goes on with its conversations.
        """
        identity, now = secrets.token_urlsafe(32), self._now()
        with answering(), self._engine.begin() as connection:
            old = connection.execute(
                select(sessions.c.user, sessions.c.thread).where(
                    sessions.c.digest == _digest(before)
                )
            ).first()
            same = old is not None and old.user == person.user
            thread = old.thread if old is not None and same else secrets.token_urlsafe(16)
            connection.execute(delete(sessions).where(sessions.c.digest == _digest(before)))
            oldest = stamp(now - self._limits.whole - _CONTINUES)
            connection.execute(delete(sessions).where(sessions.c.started < oldest))
            connection.execute(
                insert(sessions).values(
                    digest=_digest(identity),
                    user=person.user,
                    name=person.name,
                    role=person.role.value,
                    groups=json.dumps(sorted(person.groups), ensure_ascii=False),
                    subject=subject or person.user,
                    provider_session=provider_session,
                    thread=thread,
                    started=stamp(now),
                    seen=stamp(now),
                )
            )
        return identity

    def find(self, identity: str) -> Session | None:
        """Return the session of an id while it holds, and note that it is in use."""
        if not identity:
            return None
        now, digest = self._now(), _digest(identity)
        with answering():
            with self._look.begin() as connection:
                row = connection.execute(
                    select(sessions).where(sessions.c.digest == digest)
                ).first()
            if row is None or not self._holds(row, now):
                return None
            if row.seen < stamp(now - _TOUCH):
                with self._engine.begin() as connection:
                    connection.execute(
                        update(sessions).where(sessions.c.digest == digest).values(seen=stamp(now))
                    )
        person = Person(row.user, row.name, Role(row.role), frozenset(json.loads(row.groups)))
        return Session(person, row.thread)

    def end(self, identity: str) -> None:
        """End the session of an id."""
        with answering(), self._engine.begin() as connection:
            connection.execute(delete(sessions).where(sessions.c.digest == _digest(identity)))

    def end_all(
        self, *, user: str = "", subject: str = "", provider_session: str = ""
    ) -> tuple[str, ...]:
        """End every session that a user, a subject or a session at the provider has.

        Returns the users whose sessions ended, once a session.
        """
        wanted = {"user": user, "subject": subject, "provider_session": provider_session}
        rules = [sessions.c[name] == value for name, value in wanted.items() if value]
        if not rules:
            return ()
        with answering(), self._engine.begin() as connection:
            ended = tuple(connection.scalars(select(sessions.c.user).where(*rules)))
            connection.execute(delete(sessions).where(*rules))
        return ended

    def spend(self, secret: str, *, holds: timedelta) -> bool:
        """Note that an attempt to sign in has been used; False when it already was.

        `holds` is how long an attempt may be used; older notes are of no use and go.
        """
        now = self._now()
        with answering():
            try:
                with self._engine.begin() as connection:
                    connection.execute(delete(spent).where(spent.c.at < stamp(now - 2 * holds)))
                    connection.execute(insert(spent).values(digest=_digest(secret), at=stamp(now)))
            except IntegrityError:
                return False
        return True

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()

    def _holds(self, row: Row[tuple[str, ...]], now: datetime) -> bool:
        started, seen = stamp(now - self._limits.whole), stamp(now - self._limits.idle)
        return bool(row.started > started and row.seen > seen)


def open_sessions(
    data: Path, *, url: str | None, limits: SessionLimits, now: Callable[[], datetime]
) -> Sessions:
    """Open the sessions: in the journal's database when it has a server, else in a file of theirs.

    Raises:
        SettingsError: the URL names no database that can be used.
        SignInError: it does not answer.
    """
    return Sessions(open_engine(data / FILE, url=url), limits, now=now)


def _digest(secret: str) -> str:
    return sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
