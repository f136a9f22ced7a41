"""Health and readiness: does the process answer, and may it be sent questions?"""

import time
from collections.abc import Callable, Mapping
from types import MappingProxyType

from anyio import Lock, fail_after, to_thread
from fastapi import APIRouter
from fastapi.responses import JSONResponse

from web.operation import Doors, Look
from web.public_switch import PublicSwitch

PATIENCE = 5.0  # seconds that one look may take
FRESH = 1.0  # seconds that a finding is good for: nobody is signed in who asks


class Readiness:
    """Says which part keeps the process from answering, as one fixed word and nothing more."""

    def __init__(
        self,
        looks: Mapping[str, Look],
        *,
        doors: Doors,
        switch: PublicSwitch,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._looks = looks
        self._doors = doors
        self._switch = switch
        self._clock = clock
        self._until = float("-inf")
        self._found = ""
        self._lock: Lock | None = None

    async def failing(self) -> str:
        """Return the word of what is not in order; empty when the process may be sent questions."""
        if not self._doors.is_open:
            return "stopping"
        self._lock = self._lock or Lock()
        async with self._lock:  # many who ask at once get one look
            if self._clock() >= self._until:
                self._found = await self._look()
                self._until = self._clock() + FRESH
        return self._found

    async def _look(self) -> str:
        for word, look in self._looks.items():
            try:
                with fail_after(PATIENCE):
                    await to_thread.run_sync(look, abandon_on_cancel=True)
            except Exception:  # an outer edge: whatever it is, it is not ready, and no more is told
                return word
        refusal = await self._switch.refusal()
        return "switch" if refusal else ""


def health_routes(readiness: Readiness) -> APIRouter:
    """Route `/halsa` and `/redo`; neither asks who it is that asks."""
    router = APIRouter()

    @router.get("/halsa")
    def health() -> Mapping[str, str]:
        """Tell that the process answers."""
        return MappingProxyType({"status": "ok"})

    @router.get("/redo")
    async def ready() -> JSONResponse:
        """Tell whether the process may be sent questions; 503 with the word of what fails."""
        failing = await readiness.failing()
        if failing:
            return JSONResponse({"status": "not_ready", "failing": failing}, status_code=503)
        return JSONResponse({"status": "ready"})

    return router
