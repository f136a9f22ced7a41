"""Sign in at the city's provider: there, and back with a code (OpenID Connect, PKCE)."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from ingest.errors import SignInError, VagvisarenError
from kb.person import Person
from kb.sign_in.claims import person_of
from kb.sign_in.provider import Provider
from kb.sign_in.setup import CALLBACK
from kb.sign_in.tokens import check_id_token, check_logout_token
from web.sign_in.attempt import HOLDS, Attempt, begin_attempt, read_attempt
from web.sign_in.entrance import Entrance
from web.sign_in.gate import BACK_CHANNEL, SIGN_IN
from web.sign_in.pages import refusal_page
from web.sign_in.starting import start_session
from web.sign_in.targets import language_of, safe_target

_ONCE = ("state", "code", "iss", "error")


def provider_routes(entrance: Entrance, provider: Provider) -> APIRouter:
    """Route the way to the provider and back, and the provider's own word that one has left."""
    router = APIRouter()

    # Plain functions: they speak with the provider and the database, and the server then uses
    # a thread.
    @router.get(SIGN_IN)
    def sign_in(till: str | None = None) -> Response:
        target = safe_target(till)
        try:
            address = provider.announced().authorization
        except SignInError as error:
            return _refuse(entrance, error, target=target)
        attempt = begin_attempt(target, now=entrance.now())
        answer = RedirectResponse(
            _with_query(address, _asked(provider, attempt)),
            status_code=303,
            headers={"cache-control": "no-store"},
        )
        entrance.cookies.keep_attempt(answer, attempt)
        return answer

    @router.get(CALLBACK)
    def come_back(request: Request) -> Response:
        given = {name: request.query_params.getlist(name) for name in _ONCE}
        state = given["state"][0] if len(given["state"]) == 1 else ""
        written = entrance.cookies.attempt(request.scope, state=state)
        attempt = read_attempt(written, state=state, now=entrance.now())
        target = attempt.target if attempt else "/"
        try:
            if attempt is None:
                raise _refused("no_attempt")
            answer = _come_in(entrance, provider, attempt, given, request)
        except SignInError as error:
            answer = _refuse(entrance, error, target=target)
        if attempt is not None:
            entrance.cookies.drop_attempt(answer, state=state)
        return answer

    @router.post(BACK_CHANNEL)
    async def provider_signs_out(request: Request) -> Response:
        form = parse_qs((await request.body()).decode("utf-8", "replace"))
        ended = await run_in_threadpool(_sign_out, entrance, provider, form)
        headers = {"cache-control": "no-store"}
        return Response(status_code=200 if ended else 400, headers=headers)

    return router


def _come_in(
    entrance: Entrance,
    provider: Provider,
    attempt: Attempt,
    given: Mapping[str, list[str]],
    request: Request,
) -> Response:
    """Check everything that came back, then start a session; SignInError at the first fault."""
    if any(len(values) > 1 for values in given.values()):
        raise _refused("said_twice")
    said = {name: values[0] for name, values in given.items() if values}
    # Whose answer is it? Another provider's could be there to get at this one's code.
    named = said.get("iss")
    if (named is None and provider.announced().names_itself) or (
        named is not None and named != provider.oidc.issuer
    ):
        raise _refused("wrong_provider")
    if not entrance.sessions.spend(attempt.secret, holds=HOLDS):
        raise _refused("used_attempt")
    if "error" in said:
        raise _refused("refused_by_provider")
    if not said.get("code"):
        raise _refused("no_code")
    tokens = provider.exchange(said["code"], verifier=attempt.verifier)
    claims = check_id_token(
        tokens.get("id_token"), provider, nonce=attempt.nonce, now=entrance.now()
    )
    claims = _completed(claims, provider, tokens.get("access_token"))
    person = person_of(claims, provider.oidc)
    answer = RedirectResponse(attempt.target, status_code=303)
    session = claims.get("sid")
    start_session(
        entrance, person, answer, request.scope, how="oidc", subject=claims["sub"],
        provider_session=session if isinstance(session, str) else "",
    )  # fmt: skip
    return answer


def _completed(
    claims: Mapping[str, Any], provider: Provider, access_token: object
) -> Mapping[str, Any]:
    """Add what the provider keeps apart when something is missing; the ID token goes first."""
    wanted = provider.oidc.claims | {provider.oidc.name_claim}
    if all(name in claims for name in wanted) or not isinstance(access_token, str):
        return claims
    more = provider.userinfo(access_token)
    if more and more.get("sub") != claims["sub"]:
        raise _refused("other_subject")
    return {**more, **claims}


def _sign_out(entrance: Entrance, provider: Provider, form: Mapping[str, list[str]]) -> bool:
    """End the sessions that the provider says are over; False when it is not the provider."""
    tokens = form.get("logout_token", [])
    try:
        if len(tokens) != 1:
            raise _refused("no_token")
        claims = check_logout_token(tokens[0], provider, now=entrance.now())
        known = {"subject": claims.get("sub"), "provider_session": claims.get("sid")}
        wanted = {name: value for name, value in known.items() if isinstance(value, str)}
        for user in entrance.sessions.end_all(**wanted):
            entrance.noted.went_out(Person(user=user), how="by_provider")
    except SignInError as error:
        _note_refusal(entrance, error)
        return False
    except VagvisarenError:
        return True  # they are ended, though the journal could not be written
    return True


def _asked(provider: Provider, attempt: Attempt) -> dict[str, str]:
    oidc = provider.oidc
    asked = {
        "response_type": "code",
        "client_id": oidc.client_id,
        "redirect_uri": oidc.redirect_uri,
        "scope": oidc.scopes,
        "state": attempt.state,
        "nonce": attempt.nonce,
        "code_challenge": attempt.challenge,
        "code_challenge_method": "S256",
    }
    if oidc.required and oidc.required[0] == "acr":
        asked["acr_values"] = oidc.required[1]
    return asked


def _with_query(address: str, asked: Mapping[str, str]) -> str:
    return f"{address}{'&' if urlsplit(address).query else '?'}{urlencode(asked)}"


def _refuse(entrance: Entrance, error: SignInError, *, target: str) -> Response:
    _note_refusal(entrance, error)
    again = f"{SIGN_IN}?{urlencode({'till': target})}"
    return refusal_page(error.reason, language=language_of(target), again=again)


def _note_refusal(entrance: Entrance, error: SignInError) -> None:
    try:
        entrance.noted.was_refused(error.reason, user=error.user)
    except VagvisarenError:
        return  # nobody came in; there is nothing to take back


def _refused(reason: str) -> SignInError:
    return SignInError("Inloggningen kunde inte bekräftas. Försök igen.", reason=reason)
