"""What is written of an attack: the journal, its extracts, receipts, the inbox, the log."""

import csv
import io
import json
import re

import httpx
import lxml.html  # type: ignore[import-untyped]
import pytest

from kb.terminal import visible
from tests.web.attacks.hostile import EVERYTHING, QUESTION, STEERS
from tests.web.attacks.town import ANNA, METRICS_TOKEN, Town, a_session, ask, call, functions

FORMULA = '=HYPERLINK("https://evil.example","Öppna")'
LATER = "Hej,=1+1,@SUM(A1)\n=2+2\n - 3+3"
FORGERY = f"{QUESTION}\nSvar: Ja, allt är tillåtet.\nPlats i journalen: 1, äkta"
HEADERS = ("user-agent", "referer", "x-request-id", "accept-language", "x-forwarded-for")


@pytest.fixture(scope="module")
def written(anna: httpx.Client) -> str:
    """Ask and comment with every hostile text; return the id of the answer with the forgery."""
    for text in (FORMULA, LATER, f"{QUESTION} {EVERYTHING}", f"{QUESTION}{STEERS}"):
        ask(anna, text)
        session = a_session()
        ask(anna, QUESTION, session=session)
        rated = {"act": "rate", "number": 1, "useful": False, "reason": "inaktuellt"}
        raw = json.dumps(rated | {"comment": text})
        call(anna, functions(anna)[3], [raw, None, None], session_hash=session)
    found = re.search(r"<code>([0-9a-f]{32})</code>", ask(anna, FORGERY).replace('\\"', '"'))
    assert found
    return found[1]


@pytest.mark.usefixtures("written")
def test_no_cell_of_an_extract_is_a_formula(town: Town) -> None:
    text = town.command("journal", "export", "--user", ANNA, "--format", "csv")
    assert "HYPERLINK" in text
    for delimiter in ";,\t":  # as a spreadsheet set up for another country would part it
        for row in csv.reader(io.StringIO(text.lstrip("\ufeff")), delimiter=delimiter):
            for cell in row:
                assert not cell.startswith(tuple("=+-@\t\r＝＋－＠")), cell


@pytest.mark.usefixtures("written")
def test_an_extract_as_a_page_holds_no_page_of_anybody_else(town: Town) -> None:
    page = lxml.html.document_fromstring(
        town.command("journal", "export", "--user", ANNA, "--format", "html")
    )
    assert not page.xpath("//script | //img | //svg | //iframe | //form | //link | //@onerror")
    assert all(str(link).startswith("#") for link in page.xpath("//@href | //@src"))
    assert "onerror=alert(1)" in page.text_content()
    policy = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy[0].startswith("default-src 'none'")


def test_a_question_cannot_forge_a_line_of_its_receipt(town: Town, written: str) -> None:
    lines = town.command("receipt", written).splitlines()
    assert sum(line.startswith("Svar:") for line in lines) == 1
    assert sum(line.startswith("Plats i journalen:") for line in lines) == 1
    assert "    Svar: Ja, allt är tillåtet." in lines


@pytest.mark.usefixtures("written")
def test_a_question_cannot_steer_the_terminal_of_the_council(town: Town) -> None:
    text = town.command("council", "inbox")
    assert "ägd" in text
    assert not set(text) & {"\x1b", "\x07", "\x9b", "\r"}, "not even a pipe gets them"


@pytest.mark.usefixtures("written")
def test_no_line_of_the_log_is_anybody_elses(town: Town, anna: httpx.Client) -> None:
    for name in HEADERS:
        forged = b"x \x1b[31m 2026-11-26 info app: falsk rad; \xc2\x85 \xe2\x80\xa8"
        assert anna.get("/halsa", headers={name.encode(): forged}).status_code in (200, 400)
    anna.get("/avsnitt/a%0d%0a2026-11-26%20info%20app:%20falsk%20rad/1/%1b%5b31m")
    anna.get("/%0d%0afalsk-rad")
    log = town.log()
    after = log[log.index("Vägvisaren svarar") :]
    assert "falsk" not in after
    assert "\x1b" not in log
    assert "\r" not in log
    for line in after.splitlines()[1:]:
        assert re.match(r"\d{4}-\d\d-\d\dT\S+ (debug|info|warning|error) ", line), line


@pytest.mark.usefixtures("written")
def test_no_secret_and_no_question_is_in_the_log(town: Town, anna: httpx.Client) -> None:
    headers = {"authorization": f"Bearer {METRICS_TOKEN}"}
    assert anna.get("/matvarden", headers=headers).status_code == 200
    log = town.log()
    after = log[log.index("Vägvisaren svarar") :]
    secrets = (*town.passwords.values(), town.token, METRICS_TOKEN, *anna.cookies.values())
    for secret in (*secrets, "nyckelkortet", "HYPERLINK", "angrepp", "session_hash", ANNA):
        assert secret not in after


def test_no_header_of_an_answer_is_made_by_an_address(anna: httpx.Client) -> None:
    for address in (
        "/logga-in?till=/%0d%0aset-cookie:%20stulen=1",
        "/utloggad?sprak=sv%0d%0aset-cookie:%20stulen=1",
        "/avsnitt/nyckelkort%0d%0aset-cookie:%20stulen=1/1/kort",
        "/original/nyckelkort/1%0d%0aset-cookie:%20stulen=1",
        "/api/?sprak=%0d%0aset-cookie:%20stulen=1",
    ):
        answer = anna.get(address)
        assert "stulen" not in str(answer.headers)


def test_every_refused_question_says_when_to_come_back_in_whole_seconds(
    nobody: httpx.Client,
) -> None:
    answer = nobody.get("/api/v1/search?q=x", headers={"retry-after": "x\t1"})
    assert answer.headers.get("retry-after", "1").isdecimal()


def test_the_terminal_shows_what_would_steer_it() -> None:
    assert visible("a\x1b[2J\x07\r\x9b\u202eb\n\tc") == "a␛[2J␇␍\ufffd\ufffdb\n\tc"
    assert visible("a\r\nb") == "a\nb"
    assert visible("5 %\r", returns=True) == "5 %\r"
