"""The cookies of sign-in: closed to scripts, to other sites and, over https, to other hosts."""

from dataclasses import dataclass

from starlette.requests import HTTPConnection
from starlette.responses import Response
from starlette.types import Scope

from web.sign_in.attempt import HOLDS, Attempt

_STATE_LETTERS = 12


@dataclass(frozen=True, slots=True)
class Cookies:
    """How cookies are named and marked; `secure` over https, else for this machine alone.

    The prefix `__Host-` makes the browser refuse one that was set by a neighbouring host or
    without https.
    """

    secure: bool

    @property
    def session_name(self) -> str:
        """Return the name of the cookie that holds the id of a session."""
        return self._named("session")

    def session(self, scope: Scope) -> str:
        """Return the id of the session that a request brings; empty without one."""
        return HTTPConnection(scope).cookies.get(self.session_name, "")

    def keep_session(self, answer: Response, identity: str) -> None:
        """Let the browser hold the id of a session until it closes."""
        self._set(answer, self.session_name, identity)

    def drop_session(self, answer: Response) -> None:
        """Let the browser forget the id of a session."""
        self._set(answer, self.session_name, "", seconds=0)

    def attempt(self, scope: Scope, *, state: str) -> str:
        """Return the attempt that the browser made with this state; empty without one."""
        return HTTPConnection(scope).cookies.get(self._attempt_name(state), "")

    def keep_attempt(self, answer: Response, attempt: Attempt) -> None:
        """Let the browser hold an attempt while it may be used; each tab has its own."""
        name = self._attempt_name(attempt.state)
        self._set(answer, name, attempt.written(), seconds=int(HOLDS.total_seconds()))

    def drop_attempt(self, answer: Response, *, state: str) -> None:
        """Let the browser forget an attempt."""
        self._set(answer, self._attempt_name(state), "", seconds=0)

    def _attempt_name(self, state: str) -> str:
        letters = "".join(
            sign for sign in state if sign.isascii() and (sign.isalnum() or sign in "-_")
        )
        return self._named(f"forsok-{letters[:_STATE_LETTERS]}")

    def _named(self, purpose: str) -> str:
        return f"__Host-vagvisaren-{purpose}" if self.secure else f"vagvisaren-lokal-{purpose}"

    def _set(self, answer: Response, name: str, value: str, *, seconds: int | None = None) -> None:
        answer.set_cookie(
            name,
            value,
            max_age=seconds,
            path="/",
            secure=self.secure,
            httponly=True,
            samesite="lax",
        )
