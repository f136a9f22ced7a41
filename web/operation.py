"""What running the web needs beside answering: limits, switch, health, metrics, a clean stop."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from starlette.types import Scope

from web.limits import Limits
from web.metrics import Metrics
from web.public_switch import AlwaysOn, PublicSwitch, Switch
from web.refusal import Reason, Refusal
from web.running import Running

Look = Callable[[], None]
"""Looks at one thing that answers depend on; raises any exception when it is not in order."""


class Doors:
    """Whether the server takes questions: open until it has been told to stop."""

    def __init__(self) -> None:
        self.is_open = True

    def close(self) -> None:
        """Take no more questions; what is being answered goes on."""
        self.is_open = False

    async def __call__(self, scope: Scope) -> Refusal | None:
        """Return why a question is turned away, or None."""
        del scope
        return None if self.is_open else Refusal(Reason.STOPPING, retry=10)


@dataclass(frozen=True, slots=True)
class Operation:
    """How one process is run; the defaults limit nothing, show no metrics and cannot be turned off.

    `looks` are what readiness looks at, by the fixed word that names each. `stop_seconds` is how
    long running answers get when the server stops. Metrics are shown to who has `metrics_token`.
    """

    limits: Limits = field(default_factory=Limits)
    switch: Switch = field(default_factory=AlwaysOn)
    looks: Mapping[str, Look] = field(default_factory=lambda: MappingProxyType({}))
    metrics_token: str = ""
    stop_seconds: float = 20.0
    metrics: Metrics = field(default_factory=Metrics)
    running: Running = field(default_factory=Running)
    doors: Doors = field(default_factory=Doors)

    def __post_init__(self) -> None:
        running = self.running
        self.metrics.gauge(
            "queue_length", "Questions that wait, in the longest queue.", lambda: running.waiting
        )
        self.metrics.gauge("answering", "Turns that are being answered.", lambda: running.answering)

    @property
    def public_switch(self) -> PublicSwitch:
        """Return the switch as the web sees it."""
        return PublicSwitch(self.switch)
