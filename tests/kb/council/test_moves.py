"""Who may make which move from which status, and that two pairs of eyes see every text."""

from typing import Any

import pytest

from ingest.document import Document, FrontMatter, Status
from ingest.errors import CouncilError
from kb.council.moves import RULES, Move, Standing, check, standing_of
from kb.journal.records import Actor, Role

ALLOWED = {
    (Move.SUBMIT, Status.DRAFT): Status.IN_REVIEW,
    (Move.SUBMIT, Status.WITHDRAWN): Status.IN_REVIEW,
    (Move.APPROVE, Status.IN_REVIEW): Status.IN_REVIEW,
    (Move.PUBLISH, Status.IN_REVIEW): Status.PUBLISHED,
    (Move.WITHDRAW, Status.PUBLISHED): Status.WITHDRAWN,
    (Move.WITHDRAW, Status.IN_REVIEW): Status.DRAFT,
}
APPROVED = Standing(submitters=("u1001",), approvers=("u1002",))


def document(status: Status) -> Document:
    return Document(FrontMatter(id="regler", title="Regler", status=status), "Text.")


def by(user: str, role: Role = Role.ADMIN) -> Actor:
    return Actor(user=user, role=role)


@pytest.mark.parametrize("move", Move)
@pytest.mark.parametrize("status", Status)
def test_a_move_leads_only_where_it_may(move: Move, status: Status) -> None:
    after = ALLOWED.get((move, status))
    if after is None:
        with pytest.raises(CouncilError, match="går bara från"):
            check(move, document(status), APPROVED, by("u1003"))
    else:
        assert check(move, document(status), APPROVED, by("u1003")) is after


@pytest.mark.parametrize("move", Move)
@pytest.mark.parametrize("role", Role)
def test_a_move_needs_its_role(move: Move, role: Role) -> None:
    status = next(iter(RULES[move].leads))
    order = list(Role)
    if order.index(role) < order.index(RULES[move].role):
        with pytest.raises(CouncilError, match="kräver"):
            check(move, document(status), APPROVED, by("u1003", role))
    else:
        check(move, document(status), APPROVED, by("u1003", role))


def test_an_author_cannot_approve_the_own_text_whatever_the_role() -> None:
    with pytest.raises(CouncilError, match="själv lämnat in"):
        check(Move.APPROVE, document(Status.IN_REVIEW), Standing(("u1001",), ()), by("u1001"))


def test_what_nobody_handed_in_cannot_be_approved() -> None:
    with pytest.raises(CouncilError, match="Ingen har lämnat"):
        check(Move.APPROVE, document(Status.IN_REVIEW), Standing((), ()), by("u1001"))


def test_what_is_not_approved_cannot_be_published() -> None:
    with pytest.raises(CouncilError, match="inte godkänd"):
        check(Move.PUBLISH, document(Status.IN_REVIEW), Standing(("u1001",), ()), by("u1002"))


def row(move: Move, actor: str, digest: str = "d", *, stopped: bool = False) -> dict[str, Any]:
    return {"move": move.value, "actor": actor, "digest": digest, "stopped": stopped}


SUBMITTED, APPROVAL = row(Move.SUBMIT, "u1001"), row(Move.APPROVE, "u1002")


@pytest.mark.parametrize(
    ("moves", "standing"),
    [
        ([SUBMITTED, APPROVAL], APPROVED),
        ([SUBMITTED, row(Move.APPROVE, "u1002", "other")], Standing(("u1001",), ())),
        ([SUBMITTED, APPROVAL, row(Move.SUBMIT, "u1003")], Standing(("u1001", "u1003"), ())),
        ([SUBMITTED, APPROVAL, row(Move.PUBLISH, "u1002")], Standing((), ())),
        ([SUBMITTED, APPROVAL, row(Move.PUBLISH, "u1002", stopped=True)], APPROVED),
        ([SUBMITTED, APPROVAL, row(Move.WITHDRAW, "u1002"), SUBMITTED], Standing(("u1001",), ())),
    ],
    ids=["approved", "text changed since", "handed in anew", "published", "stopped", "new round"],
)
def test_an_approval_holds_for_the_text_and_the_round_it_was_given_in(
    moves: list[dict[str, Any]], standing: Standing
) -> None:
    assert standing_of(moves, "d") == standing
