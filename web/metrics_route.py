"""Show the metrics to the one who has their token; without a token in the settings to nobody."""

import hmac

from fastapi import APIRouter, Request
from fastapi.responses import PlainTextResponse, Response

from web.metrics import CONTENT_TYPE, Metrics
from web.texts import wording


def metrics_routes(metrics: Metrics, *, token: str) -> APIRouter:
    """Route `/matvarden` for `Authorization: Bearer <token>`; an empty token closes it."""
    router = APIRouter()

    @router.get("/matvarden")
    def show(request: Request) -> Response:
        """Show every metric, or say in a line why not."""
        if not token:
            return PlainTextResponse(wording("sv").say("closed_path"), status_code=404)
        given = request.headers.get("authorization", "")
        if not hmac.compare_digest(given.encode(), f"Bearer {token}".encode()):
            return PlainTextResponse(
                wording("sv").say("closed_metrics"),
                status_code=401,
                headers={"www-authenticate": "Bearer"},
            )
        return Response(metrics.text(), headers={"content-type": CONTENT_TYPE})

    return router
