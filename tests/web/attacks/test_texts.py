"""HTML, scripts and templates in questions and Documents: text, wherever they are shown."""

import json
from urllib.parse import quote

import httpx
import lxml.html  # type: ignore[import-untyped]
import pytest

from tests.web.attacks.hostile import EVERYTHING, MARKDOWN, QUESTION, SCRIPT
from tests.web.attacks.town import PAGES, Town, a_session, call, functions

DANGEROUS = "script|img|svg|iframe|form|object|embed|base|meta|link|style|template|input|video"
OF_OURS = {"/logga-ut?sprak=sv", "/logga-ut?sprak=en", "/logga-in"}
QUESTIONS = (
    f"{QUESTION} {EVERYTHING}",
    f"{QUESTION} {MARKDOWN}",
    f"{QUESTION}\n\n# rubrik\n\n- [x](javascript:alert(1))\n\n```html\n{SCRIPT}\n```",
    f"{QUESTION} </span></h2></section><a href='javascript:alert(1)'>x</a>",
    f"{QUESTION} &lt;script&gt; &#60;script&#62; %3Cscript%3E \\u003cscript\\u003e",
)


def html_in(value: object) -> list[str]:
    """Return every text in an answer of the queue that holds HTML."""
    if isinstance(value, str):
        return [value] if "<" in value else []
    if isinstance(value, dict):
        return [one for part in value.values() for one in html_in(part)]
    if isinstance(value, list):
        return [one for part in value for one in html_in(part)]
    return []


def assert_harmless(html: str) -> None:
    """Assert that nothing in HTML acts, fetches or leads to another scheme."""
    tree = lxml.html.document_fromstring(f"<body>{html}</body>")
    own = tree.xpath("//svg[@aria-hidden='true']")  # the mark beside our name
    for name in DANGEROUS.split("|"):
        for found in tree.xpath(f"//body//{name}"):
            harmless = found in own or found.get("action") in OF_OURS
            assert harmless or found.get("type") == "hidden", lxml.html.tostring(found)
    attributes = {name for element in tree.iter() for name in element.attrib}
    assert not {name for name in attributes if name.startswith("on")}
    for link in tree.xpath("//@href | //@src"):
        assert str(link).lower().startswith(("/", "#", "https://", "http://")), link


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("question", QUESTIONS)
def test_a_hostile_question_and_document_are_only_text_in_the_chat(
    anna: httpx.Client, page: str, question: str
) -> None:
    session = a_session()
    ask, _, _, react = functions(anna, page)
    found = call(anna, ask, [question, None, None, None], page=page, session_hash=session)
    rated = {
        "act": "rate",
        "number": 1,
        "useful": False,
        "reason": "inaktuellt",
        "comment": question,
    }
    found += call(anna, react, [json.dumps(rated), None, None], page=page, session_hash=session)
    texts = html_in(found)
    assert any("nyckelkort" in one.lower() for one in texts)
    for text in texts:
        assert_harmless(text)


def test_the_passage_page_shows_a_hostile_document_as_text(anna: httpx.Client) -> None:
    for query in ("", "?sprak=en", "?fran=0&till=900", "?sida=3"):
        page = anna.get(f"/avsnitt/nyckelkort/1/kort{query}")
        body = page.text.partition("<body")[2].partition(">")[2]
        assert_harmless(body)
        assert "&lt;script&gt;alert(1)" in body
        assert "script-src" not in page.headers["content-security-policy"]  # so: none at all


@pytest.mark.parametrize("part", ["document", "edition", "anchor", "query", "language"])
def test_nothing_of_an_address_is_shown_as_html(anna: httpx.Client, part: str) -> None:
    bad = quote(f'"><{SCRIPT}', safe="")
    address = {
        "document": f"/avsnitt/{bad}/1/kort",
        "edition": f"/avsnitt/nyckelkort/{bad}/kort",
        "anchor": f"/avsnitt/nyckelkort/1/{bad}",
        "query": f"/avsnitt/nyckelkort/1/kort?x={bad}&{bad}=1&fran=0",
        "language": f"/avsnitt/nyckelkort/1/kort?sprak={bad}&fran={bad}",
    }[part].replace("%2F", "%20")
    answer = anna.get(address)
    if answer.headers["content-type"].startswith("text/html"):
        assert "<script>" not in answer.text
    else:
        assert answer.headers["content-type"].startswith(("application/json", "text/plain"))
        assert answer.headers["x-content-type-options"] == "nosniff"


def test_the_page_itself_holds_no_word_of_documents_or_visitors(anna: httpx.Client) -> None:
    for page in PAGES:
        for text in (anna.get(page).text, anna.get(page + "config").text):
            assert "alert(1)" not in text
            assert "Nyckelkort" not in text


def test_programs_get_a_hostile_document_as_data(town: Town, nobody: httpx.Client) -> None:
    headers = {"authorization": f"Bearer {town.token}"}
    for answer in (
        nobody.post("/api/v1/ask", json={"question": QUESTION}, headers=headers),
        nobody.get("/api/v1/passages/nyckelkort/1/kort", headers=headers),
        nobody.get("/api/v1/search", params={"q": QUESTION}, headers=headers),
        nobody.post("/api/v1/ask", json={"question": SCRIPT, "x": SCRIPT}, headers=headers),
    ):
        assert answer.headers["content-type"].startswith("application/")
        assert "html" not in answer.headers["content-type"]
        assert answer.headers["x-content-type-options"] == "nosniff"
    page = nobody.get("/api/", headers=headers)
    assert "alert(1)" not in page.text
    assert "<script" not in page.text


def test_an_original_is_never_a_page_of_ours(anna: httpx.Client) -> None:
    answer = anna.get("/original/nyckelkort/1")
    assert answer.headers["content-type"] == "application/octet-stream"
    disposition = answer.headers["content-disposition"]
    assert disposition.startswith("attachment")
    assert not set(disposition) & set("\r\n/\\")
    assert disposition.count("filename") == 2  # the asterisked one, and its text, coded
    assert "sandbox" in answer.headers["content-security-policy"]
    assert "set-cookie" not in answer.headers
    assert answer.headers["x-content-type-options"] == "nosniff"
