"""The whole way against a certified provider: in, the roles, out here, out there."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urljoin

import httpx
import pytest

from tests.web.sign_in.real_provider import Town, town

PAGE = {"accept": "text/html"}


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    with town(tmp_path_factory.mktemp("town")) as place:
        yield place


@contextmanager
def browser(place: Town) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=place.service, follow_redirects=True, timeout=30) as client:
        client.headers.update(PAGE)
        yield client


def submit(client: httpx.Client, page: httpx.Response, **values: str) -> httpx.Response:
    """Send the form of a page."""
    form = re.search(r'<form[^>]*action="([^"]+)"', page.text)
    assert form, page.text
    hidden = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page.text))
    return client.post(urljoin(str(page.url), form[1]), data=hidden | values)


def sign_in(client: httpx.Client, user: str, *, path: str = "/") -> httpx.Response:
    """Open a page and sign in at the provider on the way."""
    page = client.get(path)
    assert page.url.host == "localhost", page.text
    return submit(client, page, login=user, password="prov")


def test_a_person_comes_in_and_to_the_page_they_wanted(place: Town) -> None:
    with browser(place) as client:
        page = sign_in(client, "u1001", path="/avsnitt/plan-2026/1/fokus?sprak=en")
        assert str(page.url) == f"{place.service}/avsnitt/plan-2026/1/fokus?sprak=en"
        assert "Prov Ett" in page.text
        assert "in u1001 oidc; role=reviewer; groups=chefer" in place.lines


def test_a_person_without_roles_is_a_reader(place: Town) -> None:
    with browser(place) as client:
        assert sign_in(client, "u1002").status_code == 200
        assert "in u1002 oidc; role=reader; groups=" in place.lines


def test_who_lacks_the_required_claim_stays_out(place: Town) -> None:
    with browser(place) as client:
        page = sign_in(client, "u1003")
        assert page.status_code == 403
        assert "har inte tillgång" in page.text
        assert client.get("/config", headers={"accept": "*/*"}).status_code == 401
        assert "refused u1003 not_allowed" in place.lines


def test_the_answer_of_the_provider_is_taken_once(place: Town) -> None:
    with browser(place) as client:
        page = sign_in(client, "u1001")
        back = next(str(r.url) for r in page.history if "/logga-in/svar" in str(r.url))
        again = client.get(back)
        assert again.status_code == 400
        assert "kunde inte bekräftas" in again.text or "gick inte att bekräfta" in again.text


def test_signing_out_ends_it_here_and_there(place: Town) -> None:
    with browser(place) as client:
        sign_in(client, "u1001")
        page = client.post("/logga-ut", headers={"origin": place.service})
        onward = re.search(r'content="0;url=([^"]+)"', page.text)
        assert onward
        asked = client.get(onward[1].replace("&amp;", "&"))
        done = submit(client, asked, logout="yes")
        assert str(done.url) == f"{place.service}/utloggad"
        assert "Du är utloggad" in done.text
        assert client.get("/").url.host == "localhost"


def test_the_provider_signs_out_everywhere(place: Town) -> None:
    with browser(place) as client:
        sign_in(client, "u1002")
        assert client.get("/config").url.host == "127.0.0.1"
        asked = client.get(f"{place.provider}/session/end")
        submit(client, asked, logout="yes")
        assert client.get("/config", headers={"accept": "*/*"}).status_code == 401
        assert "out u1002 by_provider" in place.lines


def test_a_question_through_the_queue_needs_sign_in(place: Town) -> None:
    with browser(place) as client:
        body = {"data": ["Får jag?", None, None, None], "fn_index": 0, "session_hash": "fraga"}
        refused = client.post("/gradio_api/queue/join", json=body)
        assert refused.status_code == 401
        sign_in(client, "u1001")
        assert client.post("/gradio_api/queue/join", json=body).status_code == 200
    with browser(place) as other:
        sign_in(other, "u1002")
        assert other.post("/gradio_api/queue/join", json=body).status_code == 403
        stream = other.get("/gradio_api/queue/data", params={"session_hash": "fraga"})
        assert stream.status_code == 403
