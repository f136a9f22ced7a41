"""Show the metrics to the one who has their token; without a token in the settings to nobody."""

import hmac

from anyio import to_thread
from fastapi import APIRouter, Request
from fastapi.responses import PlainTextResponse, Response

from web.api.patience import Patience
from web.metrics import CONTENT_TYPE, Metrics
from web.texts import wording


def metrics_routes(metrics: Metrics, *, token: str) -> APIRouter:
    """Route `/matvarden` for `Authorization: Bearer <token>`; an empty token closes it."""
    router = APIRouter()
    patience = Patience()

    @router.get("/matvarden")
    async def show(request: Request) -> Response:
        """Show every metric, or say in a line why not."""
        if not token:
            return PlainTextResponse(wording("sv").say("closed_path"), status_code=404)
        given = request.headers.get("authorization", "")
        if not hmac.compare_digest(given.encode(), f"Bearer {token}".encode()):
            # Whoever guesses is slowed down; too many guesses at once are not even looked at.
            is_one = await patience.refuse(request.client.host if request.client else "")
            return PlainTextResponse(
                wording("sv").say("closed_metrics"),
                status_code=401 if is_one else 429,
                headers={"www-authenticate": "Bearer"} if is_one else {"retry-after": "2"},
            )
        shown = await to_thread.run_sync(metrics.text)
        return Response(shown, headers={"content-type": CONTENT_TYPE})

    return router
