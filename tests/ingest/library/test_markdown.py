from ingest.document import Basis, BlockKind, Norm
from ingest.library.markdown import sections, slug

BODY = """Ledtext.

## Du får inte mata in personnummer {#personnummer norm="FÅR INTE" basis="lag"}

Du får inte göra det.

Tänk på:
- ett
- två

<!-- sida 3–4 -->
Stycke på två sidor.

### Undantag

| Vad | När |
|---|---|
| a | b |
"""


def test_headings_give_anchor_norm_basis_and_path() -> None:
    lead, rule, exception = sections(BODY)
    assert (lead.anchor, lead.headings) == ("inledning", ())
    assert (rule.anchor, rule.norm, rule.basis) == ("personnummer", Norm.MUST_NOT, Basis.LAW)
    assert rule.headings == ("Du får inte mata in personnummer",)
    assert exception.headings == ("Du får inte mata in personnummer", "Undantag")


def test_a_list_stays_with_its_lead_in() -> None:
    listed = sections(BODY)[1].blocks[1]
    assert (listed.kind, listed.text) == (BlockKind.LIST, "Tänk på:\n- ett\n- två")


def test_page_markers_give_pages_and_are_no_text() -> None:
    paragraph = sections(BODY)[1].blocks[2]
    assert (paragraph.page, paragraph.last_page) == (3, 4)
    assert paragraph.text == "Stycke på två sidor."


def test_a_scanned_page_marks_its_blocks() -> None:
    body = "<!-- sida 1, skannad -->\n\nEtt.\n\n<!-- sida 2 -->\n\nTvå."
    assert [block.scanned for block in sections(body)[0].blocks] == [True, False]


def test_every_block_is_a_slice_of_the_body() -> None:
    assert all(block.text in BODY for section in sections(BODY) for block in section.blocks)


def test_headings_alike_get_anchors_of_their_own() -> None:
    body = "## Mål\n\na\n\n## Mål\n\nb\n\n## Mål 2\n\nc"
    assert [section.anchor for section in sections(body)] == ["mal", "mal-2", "mal-2-2"]


def test_a_slug_is_plain_ascii() -> None:
    assert slug("Får jag använda ChatGPT på jobbet?") == "far-jag-anvanda-chatgpt-pa-jobbet"
