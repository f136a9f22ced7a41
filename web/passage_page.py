"""The page of one passage: served whole by the server, readable without JavaScript, printable."""

from collections.abc import Callable
from datetime import date

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from ingest.document import FrontMatter
from kb.records import Language
from kb.rules import rule_label
from web.facts import Fact, facts_of, rule_facts
from web.guide import Guide, PassageContext
from web.markdown import render_blocks
from web.sheet import Originals, Sheet, sheet_of
from web.shell import surroundings
from web.sources import marker
from web.templating import templates
from web.texts import Wording, wording
from web.visitor import visitor_of


def passage_routes(
    guide: Guide, *, today: Callable[[], date], originals: Originals | None = None
) -> APIRouter:
    """Route `/avsnitt/<document_id>/<edition>/<anchor>`.

    `fran` and `till` say where in the passage the quote stands, counted in characters, so that
    no text of the address is ever shown; outside the passage they mark nothing. `sida` turns to
    another page of the original than that where the passage begins.
    """
    router = APIRouter()

    # A plain function: the guide may read from disk, and the server then uses a thread.
    @router.get("/avsnitt/{document_id}/{edition}/{anchor}", response_class=HTMLResponse)
    def passage(
        request: Request,
        document_id: str,
        edition: str,
        anchor: str,
        sprak: Language = "sv",
        fran: int = Query(default=0, ge=0),
        till: int = Query(default=0, ge=0),
        sida: int = Query(default=0, ge=0, le=99_999),
    ) -> HTMLResponse:
        page = wording(sprak)
        there = request.url.include_query_params(sprak="sv" if sprak == "en" else "en")
        groups = visitor_of(request.scope).groups
        found = guide.passage_context(document_id, edition, anchor, audience=groups)
        if found is None:
            return missing_page(page)
        begins = found.passage.page
        leaf = None
        if originals and begins:
            asked = originals.leaf(document_id, edition, sida, audience=groups) if sida else None
            leaf = asked or originals.leaf(document_id, edition, begins, audience=groups)
        return HTMLResponse(
            render_passage(
                found,
                quote=found.passage.text[fran:till],
                page=page,
                today=today(),
                other=f"{there.path}?{there.query}",
                sheet=sheet_of(leaf, found.front, request.url) if leaf else None,
            )
        )

    return router


def missing_page(page: Wording) -> HTMLResponse:
    """Say that there is no such passage, and what to do."""
    template = templates().get_template("missing.html")
    return HTMLResponse(template.render(page=page, **surroundings(page)), status_code=404)


def render_passage(
    found: PassageContext,
    *,
    quote: str,
    page: Wording,
    today: date,
    other: str | None = None,
    sheet: Sheet | None = None,
) -> str:
    """Show a passage between the texts around it, with every fact of its Document.

    `other` is the page in the other language, `sheet` the page of the original to show.
    """
    front, passage = found.front, found.passage
    facts = (
        *rule_facts(passage.basis, page),
        *facts_of(front, headings=passage.headings, page=passage.page, words=page, today=today),
    )
    template = templates().get_template("passage.html")
    return template.render(
        page=page,
        front=front,
        passage=passage,
        heading=passage.headings[-1] if passage.headings else front.title,
        before=render_blocks(found.before),
        blocks=render_blocks(passage.text, inline=marker(quote)),
        after=render_blocks(found.after),
        rule=rule_label(passage.norm, passage.basis, page.language),
        marked=bool(quote),
        sheet=sheet,
        facts=(*facts, *_responsibility(front, page)),
        **surroundings(page, other=other),
    )


def _responsibility(front: FrontMatter, page: Wording) -> tuple[Fact, ...]:
    owner = Fact(page.say("owner"), front.owner, is_swedish=True)
    if front.review_by is None:
        return (owner,)
    return (owner, Fact(page.say("review_by"), front.review_by.isoformat()))
