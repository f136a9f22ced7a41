"""One conversation as it is kept on the server, and what the page shows of it at one moment."""

from dataclasses import dataclass

from markupsafe import Markup

from kb.person import Person
from kb.records import Outcome, Turn
from web.afterwards import render_after
from web.reactions import Given
from web.sources import Group
from web.texts import Wording

MAX_QUESTION = 5_000
MAX_EXCHANGES = 40
HISTORY = 6


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question and its answer as shown; `turn` is None when nothing of it may be kept.

    `receipt` is what the journal calls the answer, empty where it holds none. `groups` are those
    that whoever asked had: what is shown may be for them only.
    """

    turn: Turn | None
    log: Markup
    group: Group
    related: tuple[str, ...]
    receipt: str
    outcome: Outcome
    groups: frozenset[str] = frozenset()

    @property
    def number(self) -> int:
        """Return which question of the conversation it is, from 1."""
        return self.group.number


@dataclass(frozen=True, slots=True)
class Conversation:
    """What has been asked and answered so far, oldest first; `session` names it once begun."""

    exchanges: tuple[Exchange, ...] = ()
    session: str = ""

    @property
    def history(self) -> tuple[Turn, ...]:
        """Return the last turns the guide may build on."""
        turns = tuple(exchange.turn for exchange in self.exchanges if exchange.turn)
        return turns[-HISTORY:]

    def is_open_to(self, person: Person) -> bool:
        """Say whether a person still has every group that what is shown may be for."""
        return all(exchange.groups <= person.groups for exchange in self.exchanges)

    @property
    def related(self) -> tuple[str, ...]:
        """Return the follow-up questions offered by the last answer."""
        return self.exchanges[-1].related if self.exchanges else ()

    @property
    def groups(self) -> tuple[Group, ...]:
        """Return the sources of every answer."""
        return tuple(exchange.group for exchange in self.exchanges)

    def shown(self, given: Given, *, page: Wording) -> Markup:
        """Return everything shown so far, with what may be done with each answer."""
        return Markup("").join(
            exchange.log
            + render_after(
                exchange.number,
                receipt=exchange.receipt,
                outcome=exchange.outcome,
                given=given,
                page=page,
            )
            for exchange in self.exchanges
        )


@dataclass(frozen=True, slots=True)
class Frame:
    """What the page shows at one moment; None and `conversation=None` mean: as it was.

    `draft` is what stands in the question box.
    """

    status: str
    log: str | None = None
    sources: str | None = None
    draft: str | None = None
    conversation: Conversation | None = None
