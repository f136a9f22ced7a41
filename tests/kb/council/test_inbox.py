"""The inbox gathers what staff got no answer to, without naming anyone."""

from collections.abc import Sequence
from dataclasses import asdict

import numpy as np

from kb.council.inbox import inbox
from kb.council.similar import group_alike
from kb.embedding.model import Matrix
from kb.journal.events import note_feedback
from kb.journal.queries import Wanted, find_turns
from kb.journal.records import Feedback, Reason
from kb.journal.store import Journal
from kb.records import Outcome
from tests.kb.journal.made import ASKER, PERSONAL_NUMBER, START, add_turn, later


def by_first_word(questions: Sequence[str]) -> list[list[int]]:
    groups: dict[str, list[int]] = {}
    for place, question in enumerate(questions):
        groups.setdefault(question.split()[0], []).append(place)
    return list(groups.values())


def test_questions_without_answer_and_answers_without_help_are_grouped(journal: Journal) -> None:
    add_turn(journal, question="Elbil vilken färg?", outcome=Outcome.NOT_COVERED, contact="Fråga")
    add_turn(journal, question="Elbil färg?", outcome=Outcome.NOT_COVERED, at=later(1))
    bad = add_turn(journal, question="Lösenord?")
    good = add_turn(journal, question="Bra?")
    comment = f"fel för {PERSONAL_NUMBER}"
    note_feedback(journal, Feedback(bad, useful=False, comment=comment), actor=ASKER, now=START)
    note_feedback(journal, Feedback(good, useful=True), actor=ASKER, now=START)
    add_turn(journal, question="Pannkakor?", outcome=Outcome.OUT_OF_SCOPE)
    with journal.looking() as connection:
        first, second = inbox(tuple(find_turns(connection, Wanted())), group=by_first_word)
    assert (first.question, first.count, first.not_covered) == ("Elbil färg?", 2, 2)
    assert first.contacts == ("Fråga",)
    assert (second.question, second.not_useful) == ("Lösenord?", 1)
    assert second.comments == ("fel för [personnummer]",)
    assert "u1001" not in str((asdict(first), asdict(second)))


def test_what_staff_sent_to_the_council_comes_first_with_their_note(journal: Journal) -> None:
    for at in (0, 1):
        add_turn(journal, question="Elbil?", outcome=Outcome.NOT_COVERED, at=later(at))
    sent = add_turn(journal, question="Tolk?", outcome=Outcome.NOT_COVERED)
    wish = Feedback(sent, useful=False, reason=Reason.ASKED_COUNCIL, comment="Vi behöver veta.")
    note_feedback(journal, wish, actor=ASKER, now=START)
    with journal.looking() as connection:
        first, second = inbox(tuple(find_turns(connection, Wanted())), group=by_first_word)
    assert (first.question, first.asked_council, first.notes) == ("Tolk?", 1, ("Vi behöver veta.",))
    assert (first.not_useful, first.comments) == (0, ())
    assert (second.question, second.asked_council) == ("Elbil?", 0)


def test_an_empty_inbox_asks_for_no_groups() -> None:
    assert (
        inbox((), group=lambda questions: group_alike(questions, embed=vectors, terms=words)) == ()
    )


def vectors(texts: Sequence[str]) -> Matrix:
    """Turn `<angle> words` into a direction in the plane, in degrees."""
    angles = np.radians([float(text.split()[0]) for text in texts])
    return np.stack([np.cos(angles), np.sin(angles)], axis=1).astype(np.float32)


def words(text: str) -> frozenset[str]:
    return frozenset(text.split()[1:])


def test_a_group_takes_in_only_what_is_alike_all_of_it() -> None:
    groups = group_alike(["0", "20", "40", "90"], embed=vectors, terms=words)
    assert groups == [[0, 1], [2], [3]]


def test_words_in_common_bring_questions_together() -> None:
    apart = group_alike(["0 elbil", "30 parkering"], embed=vectors, terms=words)
    together = group_alike(["0 elbil", "30 elbil"], embed=vectors, terms=words)
    assert (apart, together) == ([[0], [1]], [[0, 1]])
