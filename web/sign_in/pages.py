"""The pages of signing in: plain, without scripts, never kept by the browser."""

from collections.abc import Sequence
from typing import Literal

from fastapi.responses import HTMLResponse

from kb.person import ANYONE, Person
from kb.records import Language
from web.shell import surroundings
from web.templating import templates
from web.texts import wording

Message = Literal[
    "signed_out", "signed_in_again", "sign_in_failed", "sign_in_denied", "sign_in_later"
]
_LATER = frozenset({"no_answer", "no_database", "too_large", "not_json", "no_journal"})


def message_page(
    message: Message,
    *,
    language: Language,
    status: int = 200,
    again: str | None = None,
    onward: str | None = None,
    person: Person = ANYONE,
) -> HTMLResponse:
    """Return a page that says how it went; `again` leads to a new attempt, `onward` is opened."""
    page = wording(language)
    html = templates().get_template("sign_in_message.html").render(
        page=page,
        heading=page.say(f"{message}_heading"),
        text=page.say(message),
        again=again,
        onward=onward,
        **surroundings(page, person=person),
    )  # fmt: skip
    return HTMLResponse(html, status_code=status, headers={"cache-control": "no-store"})


def refusal_page(reason: str, *, language: Language, again: str) -> HTMLResponse:
    """Return the page for a reason; of the reason it says no more than what a person can do."""
    if reason in ("not_allowed", "no_user"):
        return message_page("sign_in_denied", language=language, status=403)
    if reason in _LATER or reason.startswith("status_"):
        return message_page("sign_in_later", language=language, status=503, again=again)
    return message_page("sign_in_failed", language=language, status=400, again=again)


def trial_page(
    names: Sequence[str], *, target: str, language: Language, wrong: bool
) -> HTMLResponse:
    """Return the form of the accounts for trying out."""
    page = wording(language)
    html = templates().get_template("sign_in_trial.html").render(
        page=page, names=names, target=target, wrong=wrong, **surroundings(page)
    )  # fmt: skip
    return HTMLResponse(
        html, status_code=403 if wrong else 200, headers={"cache-control": "no-store"}
    )
