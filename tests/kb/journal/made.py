"""Make answers, setups and moments for the tests of the journal."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

from ingest.document import Kind, Passage, Status
from kb.journal.records import Actor, Role
from kb.journal.setups import Setup
from kb.journal.store import Journal
from kb.journal.turns import write_turn
from kb.records import Answer, Citation, Outcome
from tests.kb.made import passage

START = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
TODAY = date(2026, 11, 22)
ASKER = Actor(user="u1001", session="s1")
REGISTRAR = Actor(user="registrator", role=Role.ADMIN, channel="cli:root")
PERSONAL_NUMBER = "199001012385"
SETUP = Setup("0.1.0", "sha256:d", "e5", 4, "2026-11-22", "sha256:s", {"prov@1": "sha256:e"}, {})


def later(days: float) -> datetime:
    """Return a moment some days after the first."""
    return START + timedelta(days=days)


def rule() -> Passage:
    """Return the passage that answers quote."""
    return passage("## Regel {#regel}\n\nDu får inte dela ditt lösenord. Byt det ofta.")


def citation(one: Passage | None = None, **changes: Any) -> Citation:
    """Return a citation of a passage."""
    cited = one or rule()
    known: dict[str, Any] = {
        "n": 1, "document_id": cited.document_id, "title": cited.title, "kind": Kind.GUIDANCE,
        "edition": cited.edition, "year": None, "status": Status.PUBLISHED, "valid_from": TODAY,
        "valid_to": None, "decided_by": None, "dnr": None, "headings": cited.headings,
        "page": None, "anchor": cited.anchor, "quote": "Du får inte dela ditt lösenord.",
        "digest": cited.digest,
    }  # fmt: skip
    return Citation(**known | changes)


def answer(**changes: Any) -> Answer:
    """Return an answer with one citation."""
    known: dict[str, Any] = {
        "id": "", "question": "Får jag dela mitt lösenord?", "language": "sv",
        "outcome": Outcome.ANSWERED, "short": "Nej.",
        "text": "Nej. Du får inte dela ditt lösenord. [1]", "citations": (citation(),),
        "timings_ms": {"total": 17.04},
    }  # fmt: skip
    return Answer(**known | changes)


def add_turn(
    journal: Journal,
    *,
    at: datetime = START,
    actor: Actor = ASKER,
    texts: Mapping[str, str] | None = None,
    setup: Setup = SETUP,
    **changes: Any,
) -> str:
    """Write a turn; return its id."""
    known = {rule().digest: rule().text}
    with journal.writing() as connection:
        return write_turn(
            connection, answer(**changes), actor=actor, setup=setup,
            texts=known if texts is None else texts, as_of=TODAY, now=at,
        )  # fmt: skip
