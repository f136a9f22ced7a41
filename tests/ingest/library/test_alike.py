from ingest.document import Document, FrontMatter
from ingest.library.alike import are_twins, find_akin, twin_shingles

TEXT = "Nämnden har till kommunstyrelsen inkommit med planen. Den gäller hela staden i år."


def test_the_same_words_in_another_format_are_twins() -> None:
    other = "<!-- sida 1 -->\n\n# " + TEXT.upper().replace(". ", ".\n\n")
    assert are_twins(twin_shingles(TEXT), twin_shingles(other))
    assert not are_twins(twin_shingles(TEXT), twin_shingles(TEXT.replace("planen", "budgeten")))


def document(body: str) -> Document:
    return Document(FrontMatter(id="a", title="A"), body)


def test_a_revision_is_akin_to_the_most_like_and_another_text_to_none() -> None:
    plan = document(TEXT)
    draft = document("Nämnden har till kommunstyrelsen inkommit med en budget som inte räcker.")
    revision = TEXT.replace("hela staden i år", "alla nämnder i år")
    assert find_akin(revision, [draft, plan]) == plan
    other = "Den som reser i tjänsten väljer tåg. Flyg kräver chefens beslut."
    assert find_akin(other, [draft, plan]) is None


def test_nothing_is_like_nothing() -> None:
    assert find_akin("", [document("")]) is None
    assert find_akin(TEXT, []) is None
    assert not are_twins(twin_shingles(""), twin_shingles(""))
