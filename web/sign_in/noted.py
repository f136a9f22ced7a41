"""Write in the journal who came in, went out or was refused: never a token, nothing but the id."""

from collections import deque
from collections.abc import Callable
from datetime import datetime, timedelta
from threading import Lock

from kb.journal.records import SignIn
from kb.person import Person
from web.recorder import Recorder

CHANNEL = "web"
MOST_REFUSED = 60
"""Refusals a minute that are written one by one: anybody can be refused, and the journal grows."""


class Noted:
    """Writes through a Recorder; safe to share between threads.

    Every method raises VagvisarenError when it cannot write.
    """

    def __init__(self, recorder: Recorder, *, now: Callable[[], datetime]) -> None:
        self._recorder = recorder
        self._now = now
        self._lock = Lock()
        self._refused: deque[datetime] = deque()
        self._unwritten = 0

    def came_in(self, person: Person, *, how: str) -> None:
        """Write that a person has signed in, and with which role and groups."""
        groups = ",".join(sorted(person.groups))
        self._write(SignIn("in", f"{how}; role={person.role.value}; groups={groups}"), person)

    def went_out(self, person: Person, *, how: str) -> None:
        """Write that a session has ended."""
        self._write(SignIn("out", how), person)

    def was_refused(self, reason: str, *, user: str = "") -> None:
        """Write why somebody was not let in; when many are, only how many there were."""
        now = self._now()
        with self._lock:
            while self._refused and now - self._refused[0] > timedelta(minutes=1):
                self._refused.popleft()
            if len(self._refused) >= MOST_REFUSED:
                self._unwritten += 1
                return
            self._refused.append(now)
            before, self._unwritten = self._unwritten, 0
        detail = f"{reason}; unwritten={before}" if before else reason
        self._write(SignIn("refused", detail), Person(user=user))

    def _write(self, event: SignIn, person: Person) -> None:
        self._recorder.sign_in(event, actor=person.acting(channel=CHANNEL))
