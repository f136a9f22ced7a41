from ingest.document import Document, FrontMatter
from ingest.intake.changes import ChangeKind, compare, word_pieces
from ingest.intake.changes_text import summarise, write_changes

BODY = "# Plan\n\nInledning.\n\n## Mål\n\nMålet är 7 mnkr år 2025.\n\n## Slut\n\nSlut.\n"


def document(body: str, **front: object) -> Document:
    return Document(FrontMatter(**{"id": "plan", "title": "Plan", **front}), body)  # type: ignore[arg-type]


def test_the_same_text_on_another_page_is_unchanged() -> None:
    changes = compare(document(BODY), document("<!-- sida 4 -->\n\n" + BODY))
    assert (changes.passages, changes.unchanged) == ((), 3)


def test_new_changed_and_dropped_passages_are_told_in_reading_order() -> None:
    after = BODY.replace("7 mnkr", "9 mnkr").replace("## Slut\n\nSlut.", "## Risker\n\nMånga.")
    changes = compare(document(BODY), document(after))
    told = [(change.kind, change.passage.headings[-1]) for change in changes.passages]
    assert told == [
        (ChangeKind.CHANGED, "Mål"),
        (ChangeKind.NEW, "Risker"),
        (ChangeKind.DROPPED, "Slut"),
    ]
    assert changes.unchanged == 1


def test_a_moved_passage_is_unchanged() -> None:
    moved = "# Plan\n\nInledning.\n\n## Slut\n\nSlut.\n\n## Mål\n\nMålet är 7 mnkr år 2025.\n"
    assert compare(document(BODY), document(moved)).passages == ()


def test_a_passage_under_a_new_heading_is_a_change_not_new_and_dropped() -> None:
    after = BODY.replace("## Mål", "## Vårt mål").replace("7 mnkr", "9 mnkr")
    (change,) = compare(document(BODY), document(after)).passages
    assert change.kind is ChangeKind.CHANGED
    assert change.before is not None
    assert change.before.headings[-1] == "Mål"


def test_changed_keys_are_told_but_not_the_edition() -> None:
    changes = compare(document(BODY, year=2025), document(BODY, year=2026, edition="2"))
    assert changes.keys == (("year", "2025", "2026"),)


def test_the_text_marks_struck_and_added_words() -> None:
    before, after = document(BODY), document(BODY.replace("7 mnkr", "9 mnkr"), edition="2")
    text = write_changes(before, after, compare(before, after))
    assert text.startswith("# Ändringar i Plan, utgåva 1 → 2\n\n0 nya, 1 ändrat, 0 borttagna")
    assert "## Ändrat: Plan › Mål\n\nMålet är ~~7~~ **9** mnkr år 2025." in text


def test_a_long_unchanged_stretch_is_cut() -> None:
    before = document("# A\n\n" + "ord " * 200 + "ett.")
    after = document("# A\n\n" + "ord " * 200 + "två.")
    text = write_changes(before, after, compare(before, after))
    assert len(text) < 250
    assert "ord ~~ett~~ **två**." in text


def test_counts_agree_with_their_nouns() -> None:
    after = document(BODY + "\n## Nytt\n\nNytt här.\n")
    assert summarise(compare(document(BODY), after)) == (
        "1 nytt, 0 ändrade, 0 borttagna och 3 oförändrade avsnitt."
    )


def test_pieces_put_together_give_both_texts() -> None:
    pieces = word_pieces("ett två tre", "ett fyra tre fem")
    assert "".join(kept + struck for kept, struck, _ in pieces) == "ett två tre"
    assert "".join(kept + added for kept, _, added in pieces) == "ett fyra tre fem"
