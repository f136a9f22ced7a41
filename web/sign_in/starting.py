"""Start a session once somebody is known: a new id always, written in the journal or not at all."""

from starlette.responses import Response
from starlette.types import Scope

from ingest.errors import SignInError, VagvisarenError
from kb.person import Person
from web.sign_in.entrance import Entrance


def start_session(
    entrance: Entrance,
    person: Person,
    answer: Response,
    scope: Scope,
    *,
    how: str,
    subject: str = "",
    provider_session: str = "",
) -> None:
    """Start a session and put its id in the answer; the one that the browser had is over.

    Raises:
        SignInError: sessions or journal cannot be written; then nobody has come in.
    """
    cookies = entrance.cookies
    identity = entrance.sessions.begin(
        person,
        subject=subject,
        provider_session=provider_session,
        before=cookies.session(scope),
    )
    try:
        entrance.noted.came_in(person, how=how)
    except VagvisarenError as error:
        entrance.sessions.end(identity)
        raise SignInError(str(error), reason="no_journal") from error
    cookies.keep_session(answer, identity)
