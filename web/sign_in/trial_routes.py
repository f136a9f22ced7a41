"""Sign in with an account for trying out: a name and the password that the server printed."""

from hmac import compare_digest
from urllib.parse import parse_qs

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from ingest.errors import SignInError, VagvisarenError
from kb.person import Person
from web.api.patience import Patience
from web.sign_in.entrance import Entrance, Trial
from web.sign_in.gate import SIGN_IN
from web.sign_in.pages import message_page, refusal_page, trial_page
from web.sign_in.starting import start_session
from web.sign_in.targets import language_of, safe_target


def trial_routes(entrance: Entrance, trial: Trial) -> APIRouter:
    """Route the form and what it sends."""
    router = APIRouter()
    patience = Patience()
    names = [account.user for account in trial.accounts]

    @router.get(SIGN_IN)
    def show(till: str | None = None) -> Response:
        target = safe_target(till)
        return trial_page(names, target=target, language=language_of(target), wrong=False)

    @router.post(SIGN_IN)
    async def sign_in(request: Request) -> Response:
        sent = parse_qs((await request.body()).decode("utf-8", "replace"))
        form = {name: values[0] for name, values in sent.items()}
        answer = await run_in_threadpool(come_in, form, request)
        client = request.client.host if request.client else ""
        if answer.status_code == 403 and not await patience.refuse(client):
            language = language_of(safe_target(form.get("till")))
            return message_page("sign_in_later", language=language, status=429)
        return answer

    def come_in(form: dict[str, str], request: Request) -> Response:
        target = safe_target(form.get("till"))
        language = language_of(target)
        account = _account(trial, form.get("namn", ""), form.get("losenord", ""))
        answer = RedirectResponse(target, status_code=303)
        try:
            if account is None:
                entrance.noted.was_refused("wrong_password")
                return trial_page(names, target=target, language=language, wrong=True)
            start_session(entrance, account, answer, request.scope, how="trial")
        except SignInError as error:
            return refusal_page(error.reason, language=language, again=SIGN_IN)
        except VagvisarenError:
            return refusal_page("no_journal", language=language, again=SIGN_IN)
        return answer

    return router


def _account(trial: Trial, name: str, password: str) -> Person | None:
    right = trial.passwords.get(name, "")
    if not right or not compare_digest(right.encode(), password.encode("utf-8", "replace")):
        return None
    return next(account for account in trial.accounts if account.user == name)
