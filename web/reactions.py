"""What a person does with an answer: useful or not and why, or a question for the AI council."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from threading import Lock
from typing import Any

from kb.journal.events import MOST_COMMENT
from kb.journal.records import Feedback, Reason
from kb.records import Outcome

# Longer than any honest reaction; what is longer comes from no page of ours.
MOST = MOST_COMMENT * 2
_UNRATED = frozenset({Outcome.REDACT_FIRST, Outcome.FAILED})
_UNASKED = _UNRATED | {Outcome.REFUSED}


class Act(StrEnum):
    """What a person can do with an answer, each once."""

    RATE = "rate"
    ASK_COUNCIL = "ask_council"


@dataclass(frozen=True, slots=True)
class Reaction:
    """What came from the page: which answer of this conversation, counted from 1, and what of it.

    The page never names an answer otherwise; the server knows what its own answers are called.
    """

    number: int
    act: Act
    useful: bool = False
    reason: Reason | None = None
    comment: str = ""

    def feedback(self, receipt: str) -> Feedback:
        """Return what is written of it, for the answer called `receipt`."""
        reason = Reason.ASKED_COUNCIL if self.act is Act.ASK_COUNCIL else self.reason
        return Feedback(receipt, self.useful, reason or "", self.comment)


def read_reaction(raw: object) -> Reaction | None:
    """Read what the page sent; None for anything that our own page does not send."""
    if not isinstance(raw, str) or len(raw) > MOST:
        return None
    try:
        given = json.loads(raw)
        return _reaction(given) if isinstance(given, Mapping) else None
    except (ValueError, RecursionError):
        return None


def _reaction(given: Mapping[str, Any]) -> Reaction | None:
    number, act, useful = given.get("number"), Act(given.get("act", "")), given.get("useful")
    comment = given.get("comment", "")
    if type(number) is not int or not isinstance(comment, str):
        return None
    comment = comment.strip()[:MOST_COMMENT]
    if act is Act.ASK_COUNCIL:
        return Reaction(number, act, comment=comment)
    if useful is True:
        return Reaction(number, act, useful=True)
    reason = Reason(given.get("reason", ""))
    if useful is not False or reason is Reason.ASKED_COUNCIL:
        return None
    return Reaction(number, act, reason=reason, comment=comment)


class Given:
    """What has been done with the answers of one session, by the answers' ids; thread-safe.

    It stands beside the Conversation and changes in place, so that an answer on its way and a
    reaction that comes meanwhile do not overwrite each other.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._done: dict[tuple[str, Act], bool] = {}

    def __deepcopy__(self, memo: object) -> "Given":
        """Give each new session a record of its own; Gradio copies what a session starts from."""
        return Given()

    def take(self, receipt: str, act: Act, *, useful: bool = False) -> bool:
        """Say whether an act may be done now; from then on it may not be done again."""
        with self._lock:
            if (receipt, act) in self._done:
                return False
            self._done[receipt, act] = useful
            return True

    def give_back(self, receipt: str, act: Act) -> None:
        """Let an act that could not be written be done again."""
        with self._lock:
            self._done.pop((receipt, act), None)

    def useful(self, receipt: str) -> bool | None:
        """Return what was said of an answer; None before anything was."""
        return self._done.get((receipt, Act.RATE))

    def has_asked(self, receipt: str) -> bool:
        """Say whether the answer's question was sent to the council."""
        return (receipt, Act.ASK_COUNCIL) in self._done


def may_be_rated(outcome: Outcome) -> bool:
    """Say whether an answer can be found useful or not: where the journal holds what it says."""
    return outcome not in _UNRATED


def may_ask_council(outcome: Outcome, *, useful: bool | None) -> bool:
    """Say whether the council can be asked: when there was no answer, or it did not help."""
    return outcome not in _UNASKED and (outcome is Outcome.NOT_COVERED or useful is False)
