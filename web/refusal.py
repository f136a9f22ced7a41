"""Why a question is not taken right now, in words for the person and a fixed word for programs."""

from dataclasses import dataclass
from enum import StrEnum

from starlette.datastructures import Headers
from starlette.responses import JSONResponse
from starlette.types import Scope

from kb.records import Language
from web.texts import wording


class Reason(StrEnum):
    """Every reason, as programs, metrics and logs see it."""

    TOO_QUICK = "too_quick"
    TOO_MANY_AT_ONCE = "too_many_at_once"
    QUEUE_FULL = "queue_full"
    STOPPING = "stopping"
    SWITCHED_OFF = "switched_off"
    SWITCH_UNREADABLE = "switch_unreadable"


STATUS = dict.fromkeys(Reason, 503) | {Reason.TOO_QUICK: 429, Reason.TOO_MANY_AT_ONCE: 429}


@dataclass(frozen=True, slots=True)
class Refusal:
    """One question turned away; `retry` is whole seconds until it is worth asking again.

    `texts` replace the words of the text files: what an administrator wrote for the public.
    """

    reason: Reason
    retry: int
    texts: tuple[tuple[Language, str], ...] = ()

    def text(self, language: Language) -> str:
        """Return what a person reads."""
        written = dict(self.texts).get(language, "")
        return written or wording(language).say(f"refused_{self.reason}", seconds=self.retry)


def refusal_answer(refusal: Refusal, scope: Scope) -> JSONResponse:
    """Return the answer to a request that is turned away: 429 or 503, with Retry-After."""
    status = STATUS[refusal.reason]
    body = {"error": refusal.reason.value, "message": refusal.text(language_of(scope))}
    kind = "application/json"
    if _is_for_programs(scope):  # as the API says everything: RFC 9457, both languages at once
        said = {"detail": refusal.text("sv"), "detail_en": refusal.text("en")}
        about = "slow_down" if status == 429 else "unavailable"
        body |= {"type": f"/api/#{about}", "title": body["message"], **said}
        kind = "application/problem+json"
    headers = {"retry-after": str(refusal.retry)}
    return JSONResponse(
        body | {"status": status}, status_code=status, headers=headers, media_type=kind
    )


def language_of(scope: Scope) -> Language:
    """Return the language of a request: that of its page, else what it asks for, else Swedish."""
    if _is_for_programs(scope):
        wished = Headers(scope=scope).get("accept-language", "")
        return "en" if wished.lower().startswith("en") else "sv"
    return "en" if scope["path"].startswith("/en/") else "sv"


def _is_for_programs(scope: Scope) -> bool:
    return bool(scope["path"].startswith(("/api/", "/mcp")))
