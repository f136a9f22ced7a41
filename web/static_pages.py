"""The pages that need neither JavaScript nor sign-in: about, personal data, accessibility."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse
from markdown_it import MarkdownIt
from markupsafe import Markup

from kb.journal.records import Retained
from kb.person import ANYONE, Person
from kb.records import Language, Mode
from web.shell import surroundings
from web.templating import templates
from web.texts import Wording, wording
from web.visitor import visitor_of

PAGES = ("om", "personuppgifter", "tillganglighet")


@dataclass(frozen=True, slots=True)
class About:
    """What the pages tell of this installation; what is not said is said to be undecided.

    `mode` is how answers are made. `retention` are days by kind of record, `decision` what they
    rest on, `contact` where staff report faults. `asks_outside` tells that questions are sent to
    an endpoint outside the server to be searched for.
    """

    mode: Mode = "extractive"
    retention: Mapping[Retained, int] = field(default_factory=dict)
    decision: str | None = None
    contact: str | None = None
    asks_outside: bool = False


def static_routes(about: About) -> APIRouter:
    """Route `/om`, `/personuppgifter` and `/tillganglighet`, with `?sprak=en` for English."""
    router = APIRouter()
    for name in PAGES:
        router.add_api_route(f"/{name}", _page_of(name, about), methods=["GET"])
    return router


def render_page(name: str, about: About, *, page: Wording, person: Person = ANYONE) -> str:
    """Return one of PAGES as HTML; its text is the template `<name>.<language>.md`."""
    text = (
        templates()
        .get_template(f"{name}.{page.language}.md")
        .render(about=about, page=page, kept=_kept(about, page))
    )
    other = "en" if page.language == "sv" else "sv"
    return (
        templates()
        .get_template("static.html")
        .render(
            page=page,
            title=page.say(f"{name}_title"),
            content=Markup(_markdown().render(text)),  # noqa: S704 - no HTML passes the renderer
            **surroundings(page, other=f"/{name}?sprak={other}", person=person),
        )
    )


def not_found_page(page: Wording) -> HTMLResponse:
    """Say that there is no such page, and where to go."""
    template = templates().get_template("not_found.html")
    return HTMLResponse(template.render(page=page, **surroundings(page)), status_code=404)


def _page_of(name: str, about: About) -> Callable[[Request, Language], HTMLResponse]:
    def show(request: Request, sprak: Language = "sv") -> HTMLResponse:
        person = visitor_of(request.scope)
        return HTMLResponse(render_page(name, about, page=wording(sprak), person=person))

    return show


def _kept(about: About, page: Wording) -> tuple[tuple[str, str], ...]:
    """Say for every kind of record how long it is kept; without a decision nothing is removed."""
    rules = about.retention if about.decision else {}
    return tuple(
        (
            page.say(f"kept_{kind.value}"),
            page.say("kept_days", days=rules[kind]) if kind in rules else page.say("kept_for_good"),
        )
        for kind in Retained
    )


@cache
def _markdown() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False}).enable("table")
