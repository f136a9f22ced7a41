import os
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.document import Document, FrontMatter, Kind, Source, Status
from ingest.errors import FrontMatterError
from ingest.library.front_matter import dump, load, parse

HEADER = "---\nid: prov\ntitle: Prov\n"


def test_reads_every_key_of_the_contract() -> None:
    front = parse(
        HEADER + "kind: plan\nperspectives: [juridik]\nstatus: published\nedition: '2026-1'\n"
        "year: 2026\nvalid_from: 2026-11-01\nvalid_to: null\nsupersedes: a@1\n"
        "decided_by: KF 2021-03-31 § 100\ndnr: STK-2024-629\nowner: AI-rådet\n"
        "review_by: 2027-05-01\naudience: alla\nsources: [{title: T, ref: R}]\n"
        'questions: {a: ["Får jag?"]}\n---\nText'
    ).front
    assert front.kind is Kind.PLAN
    assert front.status is Status.PUBLISHED
    assert (front.year, front.valid_from) == (2026, date(2026, 11, 1))
    assert front.sources == (Source("T", "R"),)
    assert front.questions == {"a": ("Får jag?",)}


@pytest.mark.parametrize(
    ("text", "line", "remedy"),
    [
        ("Ingen rubrik", "rad 1", "---"),
        (HEADER + "kind: brev\n---\n", "rad 4", "vägledning"),
        (HEADER + "status: klar\n---\n", "rad 4", "published"),
        (HEADER + "valid_from: i höstas\n---\n", "rad 4", "2026-11-01"),
        (HEADER + "year: 26\n---\n", "rad 4", "fyra siffror"),
        (HEADER + "fel: ja\n---\n", "rad 4", "okänd nyckel"),
        (HEADER + "sources: [a]\n---\n", "rad 4", "{title"),
        (HEADER + "questions: {a: b}\n---\n", "rad 4", "textlista"),
        ("---\nid: Stor Bokstav\ntitle: T\n---\n", "rad 2", "små bokstäver"),
        ("---\nid: prov\n---\n", "rad 1", "titel"),
        ("---\nid: prov\ntitle: a: b\n---\n", "rad 3", "citattecken"),
        (HEADER + "valid_from: 2026-13-45\n---\n", "rad 4", "2026-11-01"),
        (HEADER + "valid_from: 2026-05-01\nvalid_to: 2025-01-01\n---\n", "rad 5", "2026-05-01"),
        (HEADER + "dnr: !!int x\n---\n", "rad 1", "YAML"),
        (HEADER + "dnr: !!bool x\n---\n", "rad 1", "YAML"),
        (HEADER + f"dnr: {'[' * 2000}{']' * 2000}\n---\n", "rad 1", "YAML"),
        (HEADER + "sources: [{title: {a: b}}]\n---\n", "rad 4", "{title"),
        (HEADER + "\nText.\n", "rad 1", "tar inte slut"),
    ],
)
def test_a_malformed_header_is_refused_with_line_and_remedy(
    text: str, line: str, remedy: str
) -> None:
    with pytest.raises(FrontMatterError) as refused:
        parse(text)
    assert line in str(refused.value)
    assert remedy in str(refused.value)


def test_a_file_that_is_not_utf8_is_refused(tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("library") / "a.md"
    path.write_bytes(b"---\nid: a\ntitle: \xe5\n---\n")
    with pytest.raises(FrontMatterError, match="UTF-8"):
        load(path)


def test_what_is_no_file_is_refused_without_waiting_for_it(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    path = tmp_path_factory.mktemp("library") / "a.md"
    os.mkfifo(path)
    with pytest.raises(FrontMatterError, match="ingen vanlig fil"):
        load(path)


texts = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1)


@given(title=texts, question=texts, dnr=st.none() | texts, year=st.none() | st.just(2026))
def test_what_is_written_is_read_back(
    title: str, question: str, dnr: str | None, year: int | None
) -> None:
    front = FrontMatter(id="prov", title=title, dnr=dnr, year=year, questions={"a": (question,)})
    document = Document(front, "## Rubrik\n\nText.")
    assert parse(dump(document)) == document
