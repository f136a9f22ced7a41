"""The web app whole: Gradio's pages in FastAPI, every other page, and what stands before them."""

import os
from collections.abc import Callable, Sequence
from functools import partial
from importlib.resources import files

from fastapi import FastAPI
from fastapi.responses import RedirectResponse
from fastapi.staticfiles import StaticFiles
from starlette.types import ASGIApp

from kb.records import Language
from web.api.gate import Gate as ApiGate
from web.api.mount import add_api
from web.faults import Faults
from web.guard import Guard
from web.guide import Guide
from web.health import Readiness, health_routes
from web.limits import PersonLimits, asker_of
from web.metrics_route import metrics_routes
from web.originals_routes import originals_routes
from web.passage_page import passage_routes
from web.personal_data import personal_data_routes
from web.quick_gradio import without_stubs
from web.request_log import RequestLog
from web.shell import HOMES, PageShell
from web.sign_in.binding import Binding
from web.sign_in.gate import Gate
from web.sign_in.routes import sign_in_routes
from web.site import Site
from web.starters import StarterGroup, checked_starters, shipped_starters
from web.static_pages import static_routes
from web.texts import wording
from web.turn_gate import TurnGate


def keep_gradio_quiet() -> None:
    """Turn off everything in Gradio that calls out; must come before it is imported."""
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    os.environ["HF_HUB_OFFLINE"] = "1"
    os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"


def build_app(guide: Guide, site: Site) -> FastAPI:
    """Build the app around a guide."""
    keep_gradio_quiet()
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    for layer in reversed(_layers(site)):
        app.add_middleware(layer)
    _add_routes(app, guide, site)
    starters = shipped_starters() if site.starters is None else checked_starters(site.starters)
    # The longest address first: what is mounted at "/" takes everything that is left.
    for language in sorted(HOMES, key=lambda one: -len(HOMES[one])):
        _mount_page(app, guide, language, site=site, starters=starters.get(language, ()))
    return app


def _layers(site: Site) -> Sequence[Callable[[ASGIApp], ASGIApp]]:
    """List what stands before every address, the outermost first."""
    entrance, operation, metrics = site.entrance, site.operation, site.operation.metrics
    switch, running = operation.public_switch, operation.running
    may_ask = (operation.doors, switch, PersonLimits(operation.limits, running))
    return (
        partial(RequestLog, metrics=metrics),
        partial(Guard, hosts=site.hosts, origin=entrance.origin if entrance else None),
        Faults,
        *((partial(Gate, entrance=entrance), partial(Binding)) if entrance else ()),
        partial(ApiGate, tokens=site.api.tokens if site.api else None),
        partial(TurnGate, rules=may_ask, running=running, refused=metrics.refused),
        partial(PageShell, closed=switch.closed),
    )


def _add_routes(app: FastAPI, guide: Guide, site: Site) -> None:
    """Add every address but Gradio's."""
    operation, today = site.operation, site.today
    looks, doors, switch = operation.looks, operation.doors, operation.public_switch
    app.include_router(health_routes(Readiness(looks, doors=doors, switch=switch)))
    app.include_router(metrics_routes(operation.metrics, token=operation.metrics_token))
    app.include_router(static_routes(site.about))
    app.include_router(personal_data_routes(public=site.contacts, today=today))
    app.include_router(passage_routes(guide, today=today, originals=site.originals))
    if site.originals is not None:
        app.include_router(originals_routes(site.originals))
    if site.entrance is not None:
        app.include_router(sign_in_routes(site.entrance))
    if site.api is not None:
        add_api(app, site.api, recorder=site.recorder, today=today)
    app.add_api_route("/en", lambda: RedirectResponse(HOMES["en"]), methods=["GET"])
    app.mount("/resurser", StaticFiles(directory=str(files("web") / "static")))


def _mount_page(
    app: FastAPI, guide: Guide, language: Language, *, site: Site, starters: Sequence[StarterGroup]
) -> None:
    """Put the chat page of one language at its address."""
    # Here and not at the top: the silence must come first, and the import takes seconds.
    with without_stubs():
        import gradio as gr

        from web.page import build_page
        from web.theme import theme

    blocks = build_page(
        guide,
        page=wording(language),
        starters=starters,
        limits=site.operation.limits,
        today=site.today,
        recorder=site.recorder,
        metrics=site.operation.metrics,
        mode=site.about.mode,
    )
    gr.mount_gradio_app(
        app,
        blocks,
        path=HOMES[language].rstrip("/") or "/",
        footer_links=[],
        run_history=False,
        enable_monitoring=False,
        show_error=False,
        ssr_mode=False,
        pwa=False,
        mcp_server=False,
        theme=theme(),
    )
    # A mounted app never sets this itself, and without it Gradio takes any path on the disk
    # that a visitor names and serves the file.
    blocks.has_launched = True
    site.operation.running.watch(lambda: blocks._queue, asker=asker_of)
