"""Write what people do in the web, the API and MCP: turns, feedback, sign-ins."""

from collections.abc import Callable
from datetime import date, datetime

from kb.journal.events import note_feedback, note_sign_in
from kb.journal.records import Actor, Feedback, SignIn
from kb.journal.store import Journal
from kb.journal.turns import TurnRecorder
from kb.records import Answer


class JournalRecorder:
    """Writes in one journal; safe to share between threads.

    Every method raises JournalError when nothing could be written; what is not written is not
    shown and not done.
    """

    def __init__(
        self, journal: Journal, turns: TurnRecorder, *, now: Callable[[], datetime]
    ) -> None:
        self._journal = journal
        self._turns = turns
        self._now = now

    def turn(self, answer: Answer, *, actor: Actor, as_of: date | None = None) -> None:
        """Write an Answer, before it is shown; `as_of` is the day it holds for, unset is today."""
        self._turns.record(answer, actor=actor, as_of=as_of)

    def feedback(self, feedback: Feedback, *, actor: Actor) -> None:
        """Write what a person thought of an Answer."""
        note_feedback(self._journal, feedback, actor=actor, now=self._now())

    def sign_in(self, event: SignIn, *, actor: Actor) -> None:
        """Write an event of signing in."""
        note_sign_in(self._journal, event, actor=actor, now=self._now())
