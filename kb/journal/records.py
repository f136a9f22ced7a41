"""The nouns of the journal: who, and everything that is written down."""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What a person may do, each role all that the one before it may."""

    READER = "reader"
    AUTHOR = "author"
    REVIEWER = "reviewer"
    ADMIN = "admin"


class Record(StrEnum):
    """Everything the journal keeps, each in the table of its name."""

    TURN = "turn"
    CITATION = "citation"
    FEEDBACK = "feedback"
    SIGN_IN = "sign_in"
    COUNCIL_MOVE = "council_move"
    PUBLICATION = "publication"
    READING = "reading"
    REMOVAL = "removal"
    SWITCH = "switch"
    TOKEN = "token"  # noqa: S105 - the name of a kind


class Retained(StrEnum):
    """The kinds that a rule may name; sources go with their turn; the log of
    removals and the switch stay."""

    TURN = "turn"
    FEEDBACK = "feedback"
    SIGN_IN = "sign_in"
    READING = "reading"
    COUNCIL_MOVE = "council_move"
    PUBLICATION = "publication"


class RemovalKind(StrEnum):
    """Why records were removed: by rule after their time, or on a request for erasure."""

    BY_RULE = "gallring"
    ERASURE = "radering"


@dataclass(frozen=True, slots=True)
class Actor:
    """Who did something, and by which way.

    `user` is the id from sign-in, empty for one who is not signed in; `channel` is `web`, `api`,
    `mcp` or `cli:<the login of the machine>`; `session` ties the turns of a conversation.
    """

    user: str = ""
    role: Role = Role.READER
    channel: str = "web"
    session: str = ""


@dataclass(frozen=True, slots=True)
class SignIn:
    """One event of signing in: `in`, `out` or `refused`, with what is needed to look into it."""

    event: str
    detail: str = ""


class Reason(StrEnum):
    """Why somebody says an answer did not help; the value is what the journal keeps.

    `ASKED_COUNCIL` is no fault but a wish: that the AI council takes the question up.
    """

    WRONG = "fel svar"
    BESIDE = "svarar inte på frågan"
    HARD = "för krångligt"
    OUTDATED = "inaktuellt"
    OTHER = "annat"
    ASKED_COUNCIL = "fråga till AI-rådet"


@dataclass(frozen=True, slots=True)
class Feedback:
    """What a person thought of an answer; `reason` is a Reason, or empty where none was given."""

    turn: str
    useful: bool
    reason: str = ""
    comment: str = ""


@dataclass(frozen=True, slots=True)
class CouncilMove:
    """One move on an edition; `digest` is of its content, `stopped` that the gate held it back."""

    move: str
    document_id: str
    edition: str
    before: str
    after: str
    digest: str
    note: str = ""
    stopped: bool = False


@dataclass(frozen=True, slots=True)
class Publication:
    """An edition as it was published: the move, the whole file, what the gate said."""

    move: str
    document_id: str
    edition: str
    digest: str
    source: str
    verdict: str


@dataclass(frozen=True, slots=True)
class Reading:
    """Somebody read the journal: by which command, with what filter, how many records came."""

    command: str
    filter: str
    found: int


@dataclass(frozen=True, slots=True)
class SwitchMove:
    """Somebody turned the service off, with what the public is told, or on again."""

    is_on: bool
    message: str = ""
    message_en: str = ""
