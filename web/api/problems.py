"""Why a call could not be answered, as RFC 9457 problem details in Swedish and English."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from typing import Any

from starlette.responses import JSONResponse

from ingest.shipped_data import read_yaml
from kb.records import Language

MEDIA_TYPE = "application/problem+json"
_RETRY = {"slow_down": "5", "busy": "2", "unavailable": "30"}


class ProblemKind(StrEnum):
    """Every way a call can fail; each has its texts in `data/problems.yaml`."""

    MALFORMED = "malformed"
    HOST = "host"
    UNAUTHORIZED = "unauthorized"
    ORIGIN = "origin"
    NOT_FOUND = "not_found"
    NO_PASSAGE = "no_passage"
    NO_ANSWER = "no_answer"
    METHOD = "method"
    TOO_LARGE = "too_large"
    CONTENT_TYPE = "content_type"
    INVALID = "invalid"
    PERSONAL_DATA = "personal_data"
    SLOW_DOWN = "slow_down"
    FAILED = "failed"
    BUSY = "busy"
    UNAVAILABLE = "unavailable"


@dataclass(frozen=True, slots=True)
class FieldFault:
    """What is wrong with one field; `field` is its place, never anything that was sent."""

    field: str
    sv: str
    en: str


@dataclass(frozen=True, slots=True)
class Problem:
    """A failure ready to send; nothing in it comes from what was sent."""

    kind: ProblemKind
    faults: Sequence[FieldFault] = ()
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def status(self) -> int:
        """Return the HTTP status."""
        return int(_texts()[self.kind]["status"])

    def title(self, language: Language) -> str:
        """Return what happened."""
        return str(_texts()[self.kind][language]["title"])

    def detail(self, language: Language) -> str:
        """Return what to do."""
        return str(_texts()[self.kind][language]["detail"])

    def as_json(self) -> dict[str, Any]:
        """Return the problem as its JSON object."""
        data: dict[str, Any] = {
            "type": f"/api/#{self.kind}",
            "title": self.title("sv"),
            "status": self.status,
            "detail": self.detail("sv"),
            "title_en": self.title("en"),
            "detail_en": self.detail("en"),
        }
        if self.faults:
            data["errors"] = [
                {"field": one.field, "sv": one.sv, "en": one.en} for one in self.faults
            ]
        return data

    def response(self) -> JSONResponse:
        """Return the answer to send."""
        headers = {"cache-control": "no-store", **self.headers}
        if self.kind in _RETRY:
            headers["retry-after"] = _RETRY[self.kind]
        return JSONResponse(
            self.as_json(), status_code=self.status, headers=headers, media_type=MEDIA_TYPE
        )


class ProblemError(Exception):
    """Raised where a call cannot be answered."""

    def __init__(self, kind: ProblemKind, *, faults: Sequence[FieldFault] = ()) -> None:
        super().__init__(kind.value)
        self.problem = Problem(kind, faults)


@cache
def _texts() -> Mapping[str, Any]:
    return dict(read_yaml("web", "problems.yaml"))
