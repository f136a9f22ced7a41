from starlette.datastructures import URL

from ingest.document import FrontMatter
from kb.open_originals import Leaf
from web.sheet import A4, is_pdf, sheet_of

HERE = URL("http://localhost/avsnitt/plan/1/a?fran=0&till=4")
FRONT = FrontMatter(id="plan", title="Plan", original="Plan.PDF", original_digest="sha256:0")


def test_the_leaves_are_turned_on_the_same_page() -> None:
    sheet = sheet_of(Leaf(2, 3, (1000, 700)), FRONT, HERE)
    assert sheet.before == "/avsnitt/plan/1/a?fran=0&till=4&sida=1#originalet"
    assert sheet.after == "/avsnitt/plan/1/a?fran=0&till=4&sida=3#originalet"
    assert (sheet.width, sheet.height) == (1000, 700)
    assert (sheet.image, sheet.original) == ("/sida/plan/1/2", "/original/plan/1")


def test_the_first_and_the_last_leaf_lead_no_further() -> None:
    sheet = sheet_of(Leaf(1, 1, None), FRONT, HERE)
    assert (sheet.before, sheet.after) == ("", "")


def test_room_is_kept_for_a_page_that_nobody_has_drawn() -> None:
    sheet = sheet_of(Leaf(1, 1, None), FRONT, HERE)
    assert (sheet.width, sheet.height) == A4


def test_only_a_kept_pdf_has_pages() -> None:
    assert is_pdf(FRONT)
    assert not is_pdf(FrontMatter(id="a", title="A", original="a.pdf"))
    assert not is_pdf(FrontMatter(id="a", title="A", original="a.docx", original_digest="sha256:0"))
