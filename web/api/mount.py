"""Put the API and MCP into the app, behind the gate."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import date
from importlib.metadata import version
from typing import Any

from fastapi import FastAPI
from fastapi.responses import RedirectResponse
from starlette.routing import Route

from web.api.addresses import OF_MCP, OF_THE_API
from web.api.clerk import Clerk, Limits, SearchableGuide
from web.api.description import description_routes
from web.api.gate import Tokens
from web.api.routes import build_api
from web.recorder import Recorder


@dataclass(frozen=True, slots=True)
class Api:
    """What the API answers from and who may ask; without one the API is closed."""

    guide: SearchableGuide
    tokens: Tokens
    limits: Limits = field(default_factory=Limits)


def add_api(app: FastAPI, api: Api, *, recorder: Recorder, today: Callable[[], date]) -> None:
    """Add the addresses, and run the MCP server as long as the app runs."""
    # Here and not at the top: the SDK takes half a second to import, and not every start needs it.
    from web.api.mcp_endpoint import McpEndpoint
    from web.api.mcp_tools import build_server

    clerk = Clerk(api.guide, recorder=recorder, today=today, limits=api.limits)
    routes = build_api(clerk)
    routes.include_router(description_routes(routes))
    endpoint = McpEndpoint(build_server(clerk, version=version("vagvisaren")))
    app.router.routes.append(Route(OF_MCP, endpoint=endpoint))
    app.add_api_route(OF_THE_API, lambda: RedirectResponse(f"{OF_THE_API}/"), methods=["GET"])
    app.mount(OF_THE_API, routes)
    before = app.router.lifespan_context

    @asynccontextmanager
    async def lifespan(running: FastAPI) -> AsyncIterator[Any]:
        async with before(running) as state, endpoint.running():
            yield state

    app.router.lifespan_context = lifespan
