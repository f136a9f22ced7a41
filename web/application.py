"""The web app whole: Gradio's pages in FastAPI, the passage pages, and what stands before them."""

import os
from collections.abc import Callable, Collection, Sequence
from datetime import date
from functools import partial
from importlib.resources import files

from fastapi import FastAPI
from fastapi.responses import RedirectResponse
from fastapi.staticfiles import StaticFiles

from ingest.screening.contact_data import PublicContacts
from kb.records import Language
from kb.sign_in.setup import LOOPBACK
from web.api.gate import Gate as ApiGate
from web.api.mount import Api, add_api
from web.faults import Faults
from web.guard import Guard
from web.guide import Guide
from web.health import Readiness, health_routes
from web.limits import PersonLimits, asker_of
from web.metrics_route import metrics_routes
from web.operation import Operation
from web.originals_routes import originals_routes
from web.passage_page import passage_routes
from web.personal_data import personal_data_routes
from web.recorder import KeepNothing, Recorder
from web.request_log import RequestLog
from web.sheet import Originals
from web.shell import HOMES, PageShell
from web.sign_in.binding import Binding
from web.sign_in.entrance import Entrance
from web.sign_in.gate import Gate
from web.sign_in.routes import sign_in_routes
from web.texts import Starters, checked_starters, shipped_starters, wording
from web.turn_gate import TurnGate

_KEEP_NOTHING = KeepNothing()
_NO_CONTACTS = PublicContacts()


def keep_gradio_quiet() -> None:
    """Turn off everything in Gradio that calls out; must come before it is imported."""
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    os.environ["HF_HUB_OFFLINE"] = "1"
    os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"


def build_app(
    guide: Guide,
    *,
    starters: Starters | None = None,
    hosts: Collection[str] = LOOPBACK,
    today: Callable[[], date] = date.today,
    recorder: Recorder = _KEEP_NOTHING,
    originals: Originals | None = None,
    entrance: Entrance | None = None,
    operation: Operation | None = None,
    api: Api | None = None,
    contacts: PublicContacts = _NO_CONTACTS,
) -> FastAPI:
    """Build the app around a guide; `starters` default to the shipped ones.

    `recorder` writes every Answer in the journal before it is shown. `originals` hands out
    originals and page images; without it there are none. `contacts` are public: in a question
    they give no warning before it is sent. Without an `entrance` nobody signs in and nobody is
    asked to: then only this machine may reach the app. `operation` says how much is taken on and
    what else it takes to run; by default nothing is limited. `api` opens the addresses for
    programs.
    """
    keep_gradio_quiet()
    operation = operation or Operation()
    metrics, switch = operation.metrics, operation.public_switch
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    may_ask = (operation.doors, switch, PersonLimits(operation.limits, operation.running))
    signing_in = (partial(Gate, entrance=entrance), Binding) if entrance else ()
    layers = (  # the outermost first
        partial(RequestLog, metrics=metrics),
        partial(Guard, hosts=hosts, origin=entrance.origin if entrance else None),
        Faults,
        *signing_in,
        partial(ApiGate, tokens=api.tokens if api else None),
        partial(TurnGate, rules=may_ask, running=operation.running, refused=metrics.refused),
        partial(PageShell, closed=switch.closed),
    )
    for layer in reversed(layers):
        app.add_middleware(layer)
    if entrance is not None:
        app.include_router(sign_in_routes(entrance))
    readiness = Readiness(operation.looks, doors=operation.doors, switch=switch)
    app.include_router(health_routes(readiness))
    app.include_router(metrics_routes(metrics, token=operation.metrics_token))
    app.add_api_route("/en", lambda: RedirectResponse(HOMES["en"]), methods=["GET"])
    app.include_router(passage_routes(guide, today=today, originals=originals))
    if originals is not None:
        app.include_router(originals_routes(originals))
    if api is not None:
        add_api(app, api, recorder=recorder, today=today)
    app.include_router(personal_data_routes(public=contacts, today=today))
    app.mount("/resurser", StaticFiles(directory=str(files("web") / "static")))
    questions = shipped_starters() if starters is None else checked_starters(starters)
    # The longest address first: what is mounted at "/" takes everything that is left.
    for language in sorted(HOMES, key=lambda one: -len(HOMES[one])):
        _mount_page(
            app,
            guide,
            language,
            starters=questions.get(language, ()),
            today=today,
            recorder=recorder,
            operation=operation,
        )
    return app


def _mount_page(
    app: FastAPI,
    guide: Guide,
    language: Language,
    *,
    starters: Sequence[str],
    today: Callable[[], date],
    recorder: Recorder,
    operation: Operation,
) -> None:
    """Put the chat page of one language at its address."""
    # Here and not at the top: the silence must come first, and the import takes seconds.
    import gradio as gr

    from web.page import build_page
    from web.theme import theme

    blocks = build_page(
        guide,
        page=wording(language),
        starters=starters,
        limits=operation.limits,
        today=today,
        recorder=recorder,
        metrics=operation.metrics,
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
    operation.running.watch(lambda: blocks._queue, asker=asker_of)
