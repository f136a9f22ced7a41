"""Every route of sign-in: those of the way in, and out again."""

from urllib.parse import urlencode

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse
from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse, Response

from ingest.errors import SignInError, VagvisarenError
from kb.records import Language
from kb.sign_in.provider import Provider
from kb.sign_in.setup import LOGGED_OUT
from web.sign_in.entrance import Entrance
from web.sign_in.gate import SIGN_IN, SIGN_OUT, SIGNED_IN_AGAIN
from web.sign_in.pages import message_page
from web.sign_in.provider_routes import provider_routes
from web.sign_in.trial_routes import trial_routes
from web.texts import wording
from web.visitor import visitor_of


def sign_in_routes(entrance: Entrance) -> APIRouter:
    """Route signing in, signing out, and the pages that tell of it."""
    router = APIRouter()
    way = entrance.way
    router.include_router(
        provider_routes(entrance, way) if isinstance(way, Provider) else trial_routes(entrance, way)
    )

    @router.get(SIGNED_IN_AGAIN)
    def signed_in_again(request: Request, sprak: Language = "sv") -> Response:
        return message_page("signed_in_again", language=sprak, person=visitor_of(request.scope))

    @router.get(LOGGED_OUT)
    def signed_out(sprak: Language = "sv") -> Response:
        return message_page("signed_out", language=sprak, again=SIGN_IN)

    # Never a GET: a link or an image of another site must not sign anybody out.
    @router.post(SIGN_OUT)
    def sign_out(request: Request, sprak: Language = "sv") -> Response:
        if not _is_from_own_page(request, entrance.origin):
            return PlainTextResponse(wording(sprak).say("closed_origin"), status_code=403)
        person, identity = visitor_of(request.scope), entrance.cookies.session(request.scope)
        try:
            if identity:
                entrance.sessions.end(identity)
            if person.user:
                entrance.noted.went_out(person, how="by_person")
        except SignInError:
            return message_page("sign_in_later", language=sprak, status=503)
        except VagvisarenError:
            pass  # the person is out, which matters more than that it is written
        answer = _after(entrance, sprak)
        entrance.cookies.drop_session(answer)
        answer.headers["clear-site-data"] = '"cache", "storage"'
        return answer

    return router


def _after(entrance: Entrance, language: Language) -> Response:
    """Go on to the provider's own signing out where it has one, else say that it is done.

    By a page and not by a redirect: a form of ours may only lead to ourselves.
    """
    way = entrance.way
    try:
        onward = way.announced().end_session if isinstance(way, Provider) else None
    except SignInError:
        onward = None
    if onward is None or not isinstance(way, Provider):
        return RedirectResponse(f"{LOGGED_OUT}?sprak={language}", status_code=303)
    asked = {
        "client_id": way.oidc.client_id,
        "post_logout_redirect_uri": way.oidc.logged_out_uri,
    }
    address = f"{onward}{'&' if '?' in onward else '?'}{urlencode(asked)}"
    return message_page("signed_out", language=language, onward=address)


def _is_from_own_page(request: Request, origin: str | None) -> bool:
    """Tell whether a browser says that a page of ours sent this; silence is no proof."""
    headers = Headers(scope=request.scope)
    if (said := headers.get("origin")) is not None:
        return said == (origin or f"http://{headers.get('host', '')}")
    return headers.get("sec-fetch-site") == "same-origin"
