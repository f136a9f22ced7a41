from dataclasses import replace

from ingest.document import FrontMatter, Passage
from kb.answer.compose import compose
from kb.answer.scoring import Known
from kb.answer.understand import understand
from kb.answer.verify import holds
from kb.records import Citation
from tests.kb.made import choice, passage

ONE = passage("## Rubrik\n\nDu får inte dela lösenord.")


def citation() -> Citation:
    front = FrontMatter(id="prov", title="Prov")
    made = compose(
        understand("Vad gäller?"),
        choice(ONE),
        front=lambda *_: front,
        known=Known("", 1.0),
    )
    return made.citations[0]


def find(passage_id: str) -> Passage | None:
    return ONE if passage_id == ONE.id else None


def test_a_verbatim_quote_holds() -> None:
    assert holds(citation(), find)


def test_a_changed_word_does_not_hold() -> None:
    assert not holds(replace(citation(), quote="Du får dela lösenord."), find)


def test_an_unknown_passage_or_digest_does_not_hold() -> None:
    assert not holds(replace(citation(), anchor="annat"), find)
    assert not holds(replace(citation(), digest="sha256:0"), find)


def test_an_empty_quote_does_not_hold() -> None:
    assert not holds(replace(citation(), quote=" "), find)
