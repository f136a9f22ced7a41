"""What the switch means to the web: nothing is answered while it is off or cannot be read."""

from typing import Protocol

from anyio import CapacityLimiter, to_thread
from starlette.types import Scope

from ingest.errors import JournalError
from kb.records import Language
from kb.switch.state import Standing
from web.refusal import Reason, Refusal

_RETRY_OFF, _RETRY_UNREADABLE = 60, 10  # seconds


class Switch(Protocol):
    """Tells how the switch stands; `kb.switch.reader.SwitchReader` is the one in production."""

    @property
    def is_fresh(self) -> bool:
        """Tell whether `read` answers without asking the database."""
        ...

    def read(self) -> Standing:
        """Return how the switch stands; raise JournalError when it cannot be known."""
        ...


class AlwaysOn:
    """A switch that nobody can turn: for trying out and for tests."""

    is_fresh = True

    def read(self) -> Standing:
        """Return that the service is on."""
        return Standing()


class PublicSwitch:
    """Says of every question whether the switch stops it, and to the page what to show."""

    def __init__(self, switch: Switch) -> None:
        self._switch = switch
        self._one = CapacityLimiter(1)  # a database that is away must not hold every thread

    async def __call__(self, scope: Scope) -> Refusal | None:
        """Return why a question is turned away, or None."""
        del scope
        return await self.refusal()

    async def refusal(self) -> Refusal | None:
        """Return what is said while the service is off, or None while it is on."""
        try:
            if self._switch.is_fresh:
                standing = self._switch.read()
            else:  # may wait for the database
                standing = await to_thread.run_sync(self._switch.read, limiter=self._one)
        except JournalError:
            return Refusal(Reason.SWITCH_UNREADABLE, retry=_RETRY_UNREADABLE)
        if standing.is_on:
            return None
        texts: tuple[tuple[Language, str], ...] = (
            ("sv", standing.message),
            ("en", standing.message_en),
        )
        return Refusal(Reason.SWITCHED_OFF, retry=_RETRY_OFF, texts=texts)

    async def closed(self, language: Language) -> str:
        """Return what the page shows instead of the question box; empty while the service is on."""
        refusal = await self.refusal()
        return refusal.text(language) if refusal else ""
