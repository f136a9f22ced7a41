"""The council's moves: from which status to which, whose role, and the four eyes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from ingest.document import Document, Status
from ingest.errors import CouncilError
from kb.journal.here import require
from kb.journal.records import Actor, Role


class Move(StrEnum):
    """What the council can do with an edition."""

    SUBMIT = "submit"
    APPROVE = "approve"
    PUBLISH = "publish"
    WITHDRAW = "withdraw"


@dataclass(frozen=True, slots=True)
class Rule:
    """Which statuses a move leads from and to, the least role, what it is called, and when done."""

    leads: Mapping[Status, Status]
    role: Role
    name: str
    done: str


RULES = {
    Move.SUBMIT: Rule(
        {Status.DRAFT: Status.IN_REVIEW, Status.WITHDRAWN: Status.IN_REVIEW},
        Role.AUTHOR,
        "lämna till granskning",
        "lämnad till granskning",
    ),
    Move.APPROVE: Rule({Status.IN_REVIEW: Status.IN_REVIEW}, Role.REVIEWER, "godkänna", "godkänd"),
    Move.PUBLISH: Rule(
        {Status.IN_REVIEW: Status.PUBLISHED}, Role.REVIEWER, "publicera", "publicerad"
    ),
    Move.WITHDRAW: Rule(
        {Status.PUBLISHED: Status.WITHDRAWN, Status.IN_REVIEW: Status.DRAFT},
        Role.REVIEWER,
        "dra tillbaka",
        "tillbakadragen",
    ),
}
STATUSES = {
    Status.DRAFT: "utkast",
    Status.IN_REVIEW: "under granskning",
    Status.PUBLISHED: "publicerat",
    Status.WITHDRAWN: "tillbakadraget",
}
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an edition stands in its round: who handed it in, who approved the text as it is."""

    submitters: tuple[str, ...]
    approvers: tuple[str, ...]


def standing_of(moves: Iterable[Row], digest: str) -> Standing:
    """Read the round from an edition's moves, oldest first.

    A round begins after a publication or withdrawal. An approval holds for the text that was
    approved, and until the edition is handed in anew.
    """
    submitters: list[str] = []
    approvers: list[str] = []
    for move in moves:
        if move["stopped"]:
            continue
        match Move(move["move"]):
            case Move.SUBMIT:
                submitters.append(move["actor"])
                approvers.clear()
            case Move.APPROVE if move["digest"] == digest:
                approvers.append(move["actor"])
            case Move.PUBLISH | Move.WITHDRAW:
                submitters.clear()
                approvers.clear()
            case _:
                pass
    return Standing(tuple(dict.fromkeys(submitters)), tuple(dict.fromkeys(approvers)))


def check(move: Move, document: Document, standing: Standing, actor: Actor) -> Status:
    """Return the status a move leads to, if this person may make it now.

    Raises:
        CouncilError: the role, the status or the four eyes forbid it; the message says what to do.
    """
    rule = RULES[move]
    require(actor, rule.role, to=rule.name)
    status = document.front.status
    after = rule.leads.get(status)
    if after is None:
        allowed = " eller ".join(STATUSES[before] for before in rule.leads)
        raise CouncilError(
            f"{document.key} är {STATUSES[status]}; att {rule.name} går bara från {allowed}."
        )
    if move is Move.APPROVE:
        _check_four_eyes(document, standing, actor)
    if move is Move.PUBLISH and not standing.approvers:
        raise CouncilError(
            f"Texten i {document.key} är inte godkänd som den är nu. "
            f"Låt en annan än författaren köra vagvisaren council approve {document.key}."
        )
    return after


def _check_four_eyes(document: Document, standing: Standing, actor: Actor) -> None:
    if not standing.submitters:
        raise CouncilError(
            f"Ingen har lämnat {document.key} till granskning i journalen, så det går inte att se "
            "vem som skrivit. Kör council withdraw och sedan council submit som författaren."
        )
    if actor.user in standing.submitters:
        raise CouncilError(
            f"{actor.user} har själv lämnat in {document.key}. En annan granskare ska godkänna "
            "(ange vem med --by eller VAGVISAREN_ACTOR)."
        )
