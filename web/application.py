"""The web app whole: Gradio's pages in FastAPI, the passage pages, and the guard before them."""

import os
from collections.abc import Callable, Collection, Sequence
from datetime import date
from importlib.resources import files

from fastapi import FastAPI
from fastapi.responses import RedirectResponse
from fastapi.staticfiles import StaticFiles

from kb.records import Language, Mode
from web.guard import Guard
from web.guide import Guide
from web.originals_routes import originals_routes
from web.passage_page import passage_routes
from web.recorder import KeepNothing, Recorder
from web.sheet import Originals
from web.shell import HOMES, PageShell
from web.starters import StarterGroup, Starters, checked_starters, shipped_starters
from web.static_pages import About, static_routes
from web.texts import wording

_KEEP_NOTHING = KeepNothing()
_ABOUT = About()
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


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
    about: About = _ABOUT,
) -> FastAPI:
    """Build the app around a guide; `starters` default to the shipped ones.

    `recorder` writes every Answer in the journal before it is shown; `originals` hands
    out originals and page images; without it there are none. `about` is what the pages tell of
    this installation.
    """
    keep_gradio_quiet()
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    app.add_middleware(PageShell)
    app.add_middleware(Guard, hosts=hosts)  # added last, so it stands first
    app.add_api_route("/halsa", health, methods=["GET"])
    app.add_api_route("/en", lambda: RedirectResponse(HOMES["en"]), methods=["GET"])
    app.include_router(passage_routes(guide, today=today, originals=originals))
    if originals is not None:
        app.include_router(originals_routes(originals))
    app.include_router(static_routes(about))
    app.mount("/resurser", StaticFiles(directory=str(files("web") / "static")))
    questions = shipped_starters() if starters is None else checked_starters(starters)
    # The longest address first: what is mounted at "/" takes everything that is left.
    for language in sorted(HOMES, key=lambda one: -len(HOMES[one])):
        starting = questions.get(language, ())
        _mount_page(
            app,
            guide,
            language,
            starters=starting,
            today=today,
            recorder=recorder,
            mode=about.mode,
        )
    return app


def _mount_page(
    app: FastAPI,
    guide: Guide,
    language: Language,
    *,
    starters: Sequence[StarterGroup],
    today: Callable[[], date],
    recorder: Recorder,
    mode: Mode,
) -> None:
    """Put the chat page of one language at its address."""
    # Here and not at the top: the silence must come first, and the import takes seconds.
    import gradio as gr

    from web.page import Limits, build_page
    from web.theme import theme

    page = wording(language)
    blocks = build_page(
        guide,
        page=page,
        starters=starters,
        limits=Limits(),
        today=today,
        recorder=recorder,
        mode=mode,
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


def health() -> dict[str, str]:
    """Tell that the server answers."""
    return {"status": "ok"}
