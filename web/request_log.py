"""Log and count every request: an id, what kind of address, how it went, how long it took."""

import logging
import time
from collections.abc import Callable
from uuid import uuid4

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from web.logs import FIELDS, request_id
from web.metrics import Metrics
from web.route_class import RouteClass, route_class

_LOG = logging.getLogger(__name__)
_STARTED = "vagvisaren.started"
_QUIET = frozenset({RouteClass.STATIC, RouteClass.GRADIO, RouteClass.HEALTH, RouteClass.METRICS})
_CUT_OFF = 499  # the answer never began: the browser went away, or the program failed


class RequestLog:
    """Stands before everything, so that what is refused is seen too.

    The id is always our own: one from outside could hold anything. It stands in the answer's
    `x-request-id`, so that a person can tell the support. Of who asked nothing is logged: the
    journal says that, to those who may read it.
    """

    def __init__(
        self,
        app: ASGIApp,
        *,
        metrics: Metrics,
        clock: Callable[[], float] = time.perf_counter,
    ) -> None:
        self.app = app
        self.metrics = metrics
        self.clock = clock

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        started, identity, status = self.clock(), uuid4().hex[:16], _CUT_OFF
        token = request_id.set(identity)

        async def noting(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(raw=message.setdefault("headers", []))["x-request-id"] = identity
            await send(message)

        try:
            await self.app({**scope, _STARTED: started}, receive, noting)
        finally:
            self._note(scope, status, self.clock() - started)
            request_id.reset(token)

    def _note(self, scope: Scope, status: int, seconds: float) -> None:
        route = route_class(scope["path"])
        self.metrics.request(route=route, method=scope["method"], status=status)
        level = logging.DEBUG if route in _QUIET and status < 400 else logging.INFO
        fields = {
            "method": scope["method"][:10],
            "route": route.value,
            "status": status,
            "ms": round(seconds * 1000, 1),
        }
        _LOG.log(level, "request", extra={FIELDS: fields})


def started_at(scope: Scope) -> float:
    """Return when a request came in, on `time.perf_counter`; now if nobody noted it."""
    started = scope.get(_STARTED)
    return started if isinstance(started, float) else time.perf_counter()
