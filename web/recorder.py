"""What the web writes down: a seam, so that pages and tests need no journal."""

from datetime import date
from typing import Protocol

from kb.journal.records import Actor, Feedback, SignIn
from kb.records import Answer


class Recorder(Protocol):
    """Writes what people do; `kb.journal.recorder.JournalRecorder` is the one in production.

    Every method raises VagvisarenError when it cannot write: then nothing is shown or done.
    """

    def turn(self, answer: Answer, *, actor: Actor, as_of: date | None = None) -> None:
        """Write an Answer, before it is shown; `as_of` is the day it holds for, unset is today."""
        ...

    def feedback(self, feedback: Feedback, *, actor: Actor) -> None:
        """Write what a person thought of an Answer."""
        ...

    def sign_in(self, event: SignIn, *, actor: Actor) -> None:
        """Write an event of signing in."""
        ...


class KeepNothing:
    """Writes nothing: for trying out and for tests."""

    def turn(self, answer: Answer, *, actor: Actor, as_of: date | None = None) -> None:
        """Forget an Answer."""

    def feedback(self, feedback: Feedback, *, actor: Actor) -> None:
        """Forget what a person thought."""

    def sign_in(self, event: SignIn, *, actor: Actor) -> None:
        """Forget an event."""
