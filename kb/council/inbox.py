"""What staff could not get answered, and what they found no good: grouped for the council."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from kb.journal.queries import KeptTurn
from kb.journal.records import Reason
from kb.records import Outcome

Group: TypeAlias = Callable[[Sequence[str]], list[list[int]]]
_SHOWN = 5  # wordings shown of a group


@dataclass(frozen=True, slots=True)
class Asked:
    """Questions that ask for the same thing; the masked wordings, newest first, and no names.

    `not_covered` counts the turns without an answer, `not_useful` the answers found no good,
    `asked_council` those that somebody sent to the council, with what they added in `notes`.
    """

    question: str
    count: int
    not_covered: int
    not_useful: int
    first: str
    last: str
    contacts: tuple[str, ...]
    wordings: tuple[str, ...]
    comments: tuple[str, ...]
    turns: tuple[str, ...]
    asked_council: int = 0
    notes: tuple[str, ...] = ()


def is_for_inbox(kept: KeptTurn) -> bool:
    """Say whether a turn has something for the council."""
    return kept.row["outcome"] == Outcome.NOT_COVERED or any(
        not one["useful"] for one in kept.feedback
    )


def inbox(turns: Sequence[KeptTurn], *, group: Group) -> tuple[Asked, ...]:
    """Return the groups of the turns that are for the council.

    What staff sent to the council themselves comes first, then the most asked.
    """
    chosen = [kept for kept in turns if is_for_inbox(kept) and kept.row["question"]]
    groups = group([kept.row["question"] for kept in chosen])
    asked = (_asked([chosen[place] for place in places]) for places in groups)
    return tuple(sorted(asked, key=lambda one: (-one.asked_council, -one.count, one.question)))


def _asked(turns: Sequence[KeptTurn]) -> Asked:
    newest = sorted(turns, key=lambda kept: str(kept.row["at"]), reverse=True)
    said = [one for kept in newest for one in kept.feedback if not one["useful"]]
    sent = [one for one in said if one["reason"] == Reason.ASKED_COUNCIL]
    bad = [one for one in said if one["reason"] != Reason.ASKED_COUNCIL]
    wordings = tuple(dict.fromkeys(str(kept.row["question"]) for kept in newest))
    comments = (" – ".join(filter(None, (one["reason"], one["comment"]))) for one in bad)
    return Asked(
        question=wordings[0],
        count=len(turns),
        not_covered=sum(kept.row["outcome"] == Outcome.NOT_COVERED for kept in turns),
        not_useful=len(bad),
        first=str(newest[-1].row["at"]),
        last=str(newest[0].row["at"]),
        contacts=tuple(dict.fromkeys(str(k.row["contact"]) for k in newest if k.row["contact"])),
        wordings=wordings[:_SHOWN],
        comments=tuple(filter(None, comments)),
        turns=tuple(str(kept.row["id"]) for kept in newest),
        asked_council=len(sent),
        notes=tuple(str(one["comment"]) for one in sent if one["comment"]),
    )
