"""The register of tokens: events in the journal that say what was issued, used and revoked."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, select

from ingest.errors import TokenError
from kb.journal.chain import append, canonical, stamp
from kb.journal.masking import mask_person
from kb.journal.records import Actor, Record, Role
from kb.journal.store import Journal
from kb.journal.tables import token as events
from kb.journal.turns import who
from kb.person import Person
from kb.tokens.token import State, Token, is_same, make_token, read_token

MOST_DAYS = 366
MOST_NAME = 80  # characters
_NOTED_AGAIN = timedelta(days=1)
_NOBODY = "0" * 64  # compared with when there is no such token, so that it takes as long


class TokenRegister:
    """Issues, revokes and knows tokens; safe to share between threads and processes."""

    def __init__(self, journal: Journal, *, now: Callable[[], datetime]) -> None:
        self._journal = journal
        self._now = now
        self._noted: dict[str, datetime] = {}  # when this process last looked after a use

    def issue(
        self, *, name: str, role: Role, groups: Iterable[str], days: int, actor: Actor
    ) -> tuple[Token, str]:
        """Issue a token for some days; return it and its text, which is kept nowhere.

        Raises:
            TokenError: the name, a group or the days cannot be used.
            JournalError: it cannot be written.
        """
        moment = self._now()
        chosen = tuple(dict.fromkeys(_named("Gruppen", group) for group in groups))
        shown = mask_person(_named("Namnet", name), today=moment.date())
        if not 1 <= days <= MOST_DAYS:
            raise TokenError(f"En nyckel gäller 1–{MOST_DAYS} dagar. Ange --days inom det.")
        text = make_token()
        parts = read_token(text)
        assert parts is not None  # noqa: S101 - it was made a line ago
        until = stamp(moment + timedelta(days=days))
        issued = Token(parts.id, shown, role, chosen, stamp(moment), actor.user, until)
        with self._journal.writing() as connection:
            _write(connection, "issued", issued, secret=parts.digest, actor=actor, now=moment)
        return issued, text

    def revoke(self, identity: str, *, actor: Actor) -> Token:
        """Revoke a token by its id, at once and for good.

        Raises:
            TokenError: there is no such token, or it is revoked already.
            JournalError: it cannot be written.
        """
        moment = self._now()
        with self._journal.writing() as connection:
            found = _tokens(_rows(connection, identity)).get(identity)
            if found is None:
                raise TokenError("Ingen nyckel har det id:t. Se vagvisaren token list.")
            if found.revoked:
                raise TokenError(f"Nyckeln {identity} är redan återkallad.")
            _write(connection, "revoked", found, secret="", actor=actor, now=moment)
        return replace(found, revoked=stamp(moment))

    def listed(self) -> tuple[Token, ...]:
        """Return every token there has been, oldest first."""
        with self._journal.looking() as connection:
            return tuple(_tokens(_rows(connection)).values())

    def person_of(self, text: str) -> Person | None:
        """Return who a token stands for; None unless it is valid at this moment.

        Looked up each time, so that a revoked token opens nothing from then on.

        Raises:
            JournalError: the register cannot be read.
        """
        parts = read_token(text)
        if parts is None:
            return None
        with self._journal.looking() as connection:
            rows = _rows(connection, parts.id)
        secret = next((row["secret"] for row in rows if row["event"] == "issued"), _NOBODY)
        is_known = is_same(parts.digest, secret)
        found = _tokens(rows).get(parts.id)
        moment = self._now()
        if not is_known or found is None or found.state(moment) is not State.VALID:
            return None
        self._note_use(found, moment)
        return found.person

    def _note_use(self, used: Token, moment: datetime) -> None:
        """Write that a token is in use, at most once a day."""
        before = stamp(moment - _NOTED_AGAIN)
        last = self._noted.get(used.id)
        if used.used >= before or (last is not None and stamp(last) >= before):
            return
        self._noted[used.id] = moment
        actor = used.person.acting(channel="api")
        with self._journal.writing() as connection:
            _write(connection, "used", used, secret="", actor=actor, now=moment)


def _named(what: str, text: str) -> str:
    """Return a name without the space around it, or say why it is none."""
    name = text.strip()
    if not name or len(name) > MOST_NAME or not name.isprintable():
        raise TokenError(f"{what} ska vara 1–{MOST_NAME} tecken på en rad. Skriv det så.")
    return name


def _write(
    connection: Connection, event: str, one: Token, *, secret: str, actor: Actor, now: datetime
) -> None:
    kept = {
        "event": event,
        "token": one.id,
        "name": one.name,
        "granted": one.role.value,
        "audiences": canonical(one.groups),
        "expires": one.expires,
        "secret": secret,
    }
    append(connection, Record.TOKEN, who(actor) | kept, now=now)


def _rows(connection: Connection, identity: str | None = None) -> list[dict[str, Any]]:
    """Return the events of one token, or of all, oldest first."""
    query = select(events).order_by(events.c.at, events.c.id)
    query = query if identity is None else query.where(events.c.token == identity)
    return [dict(row) for row in connection.execute(query).mappings()]


def _tokens(rows: Iterable[Mapping[str, Any]]) -> dict[str, Token]:
    """Put the events together into what each token is now.

    A clock that went back must not let a revocation come before what it revokes.
    """
    found: dict[str, Token] = {}
    for row in sorted(rows, key=lambda row: bool(row["event"] != "issued")):
        name = row["token"]
        match row["event"]:
            case "issued":
                groups = tuple(json.loads(row["audiences"]))
                role = Role(row["granted"])
                issued = (row["at"], row["actor"], row["expires"])
                found[name] = Token(name, row["name"], role, groups, *issued)
            case "revoked" if name in found:
                found[name] = replace(found[name], revoked=row["at"])
            case "used" if name in found:
                found[name] = replace(found[name], used=row["at"])
            case _:
                pass
    return found
