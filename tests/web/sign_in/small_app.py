"""The guard, the gate and the routes of sign-in round small pages, called as a browser does."""

from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from fastapi import FastAPI, Request
from fastapi.responses import PlainTextResponse
from httpx2 import Response  # what Starlette's client answers with
from starlette.testclient import TestClient

from kb.journal.records import Actor, SignIn
from kb.sign_in.provider import Provider
from kb.sign_in.sessions import open_sessions
from kb.sign_in.setup import LOOPBACK, Oidc
from tests.kb.sign_in.conftest import LIMITS
from tests.kb.sign_in.fake_provider import OIDC, ORIGIN, FakeProvider
from web.guard import Guard
from web.recorder import KeepNothing
from web.sign_in.binding import Binding
from web.sign_in.entrance import Entrance, Trial
from web.sign_in.gate import Gate
from web.sign_in.noted import Noted
from web.sign_in.routes import sign_in_routes
from web.visitor import visitor_of

PAGE = {"accept": "text/html"}
OWN = {"origin": ORIGIN}


class Remembering(KeepNothing):
    """Keeps what is written of sign-in."""

    def __init__(self) -> None:
        self.events: list[tuple[SignIn, Actor]] = []

    def sign_in(self, event: SignIn, *, actor: Actor) -> None:
        self.events.append((event, actor))

    @property
    def lines(self) -> list[str]:
        return [f"{e.event} {a.user or '-'} {e.detail}" for e, a in self.events]


class Place:
    """The service with its own database of sessions, a provider, and what was written."""

    def __init__(self, data: Path, *, trial: Trial | None = None, **changed: Any) -> None:
        self.fake = FakeProvider()
        self.numbers = count()
        self.clock = self.fake.clock
        self.written = Remembering()
        self.oidc: Oidc = replace(OIDC, **changed)
        self.sessions = open_sessions(data, url=None, limits=LIMITS, now=self.clock)
        way: Provider | Trial = trial or self.fake.provider(self.oidc)
        noted = Noted(self.written, now=self.clock)
        origin = None if trial else self.oidc.origin
        self.entrance = Entrance(way, self.sessions, noted, self.clock, origin=origin)
        self.base = origin or "http://127.0.0.1:7860"
        self.app = small_app(self.entrance)

    def browser(self) -> TestClient:
        """Open a browser with an empty jar."""
        return TestClient(self.app, base_url=self.base, follow_redirects=False)

    def signed_in(self, browser: TestClient | None = None, **claims: Any) -> TestClient:
        """Sign a browser in, as a person whose claims may be changed."""
        browser = browser or self.browser()
        self.fake.claims = claims
        answer = self.come_back(browser, self.leave(browser))
        assert answer.status_code == 303, answer.text
        return browser

    def leave(self, browser: TestClient, *, till: str = "/") -> dict[str, str]:
        """Go to the provider and sign in there; return what it sends the browser back with."""
        answer = browser.get("/logga-in", params={"till": till})
        assert answer.status_code == 303, answer.text
        return self.fake.authorize(answer.headers["location"], code=f"kod{next(self.numbers)}")

    def come_back(self, browser: TestClient, given: dict[str, str]) -> Response:
        """Come back to the service with what the provider gave."""
        return browser.get("/logga-in/svar", params=given)


def small_app(entrance: Entrance) -> FastAPI:
    """Put the layers of the real app round pages that say who came through."""
    app = FastAPI()
    app.add_middleware(Binding)
    app.add_middleware(Gate, entrance=entrance)
    app.add_middleware(Guard, hosts=LOOPBACK, origin=entrance.origin)
    app.include_router(sign_in_routes(entrance))

    def who(request: Request) -> PlainTextResponse:
        person = visitor_of(request.scope)
        text = f"{person.user} {person.role.value} {','.join(sorted(person.groups))}"
        return PlainTextResponse(f"{text} {request.url} {request.headers['host']}")

    for path in ("/", "/en/", "/halsa", "/config", "/resurser/grund.css", "/resurser/x.js"):
        app.add_api_route(path, who, methods=["GET", "POST"])
    app.add_api_route("/gradio_api/{rest:path}", who, methods=["GET", "POST"])
    return app


def asked_of(answer: Response) -> dict[str, str]:
    """Return what a redirect to the provider asks for."""
    query = parse_qs(urlsplit(answer.headers["location"]).query)
    return {name: values[0] for name, values in query.items()}
