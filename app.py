"""Build the web app and run it: composition only."""

import logging
import sys
from datetime import date

from kb.cli import main
from kb.guide import OpenTools, open_guide
from kb.journal.here import now, opened_journal
from kb.journal.recorder import JournalRecorder
from kb.journal.turns import TurnRecorder
from kb.open_originals import OpenOriginals
from kb.originals import Originals
from kb.settings import Settings
from kb.sign_in.setup import read_oidc
from kb.tokens.register import TokenRegister
from web import server
from web.api.mount import Api
from web.counting import CountingRecorder
from web.logs import LogFormat, LogLevel, set_up_logs
from web.muffle import muffled
from web.operating import operation_of
from web.sign_in.opening import opened_entrance
from web.site import Site
from web.static_pages import About
from web.stopping import end_in_spite_of_threads

_LOG = logging.getLogger("app")


def refuse_early(settings: Settings) -> None:
    """Refuse what could never be served, before the index is built for minutes.

    Raises:
        SettingsError: sign-in is half set, others can reach the address, or the port is taken.
    """
    if read_oidc(settings) is None and not settings.trial_accounts:
        server.require_loopback(settings.host)
    server.open_socket(settings.host, settings.port).close()


def serve(settings: Settings, *, tools: OpenTools | None = None) -> None:
    """Serve the guide that the settings name, every turn journalled, until told to stop.

    `tools` are those that the caller has opened already.
    """
    set_up_logs(LogLevel(settings.log_level), LogFormat(settings.log_format))
    guide = open_guide(settings, tools=tools)
    try:
        with opened_journal(settings) as journal:
            turns = TurnRecorder(
                journal, guide, now=now, today=lambda: settings.as_of or date.today()
            )
            operation = operation_of(settings, guide, journal)
            recorder = CountingRecorder(JournalRecorder(journal, turns, now=now), operation.metrics)
            # Passwords for trying out are printed when the entrance opens: after that, nothing is.
            with opened_entrance(settings, recorder=recorder, now=now) as entrance, muffled():
                site = Site(
                    recorder=recorder,
                    originals=OpenOriginals(guide, Originals(settings.library, settings.data)),
                    entrance=entrance,
                    api=Api(guide, TokenRegister(journal, now=now)) if settings.api else None,
                    operation=operation,
                    contacts=settings.contacts,
                    about=about_of(settings),
                )
                server.serve(
                    guide,
                    site,
                    host=settings.host,
                    port=settings.port,
                    trusted_proxy=settings.trusted_proxy,
                    announce=_LOG.info,
                )
    finally:
        guide.close()
    _LOG.info("Stoppad. Journalen är stängd.")
    end_in_spite_of_threads()


def about_of(settings: Settings) -> About:
    """Return what the pages tell of this installation."""
    return About(
        retention=settings.retention,
        decision=settings.retention_decision,
        contact=settings.contact,
        asks_outside=settings.embedding.startswith("openai:"),
    )


if __name__ == "__main__":
    raise SystemExit(main(["serve", *sys.argv[1:]]))
