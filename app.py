"""Build the web app and run it: composition only."""

import sys
from datetime import date

from kb.cli import main
from kb.guide import open_guide
from kb.journal.here import now, opened_journal
from kb.journal.recorder import JournalRecorder
from kb.journal.turns import TurnRecorder
from kb.open_originals import OpenOriginals
from kb.originals import Originals
from kb.settings import Settings
from web import server
from web.static_pages import About


def serve(settings: Settings) -> None:
    """Serve the guide that the settings name, every turn journalled, until interrupted."""
    guide = open_guide(settings)
    try:
        with opened_journal(settings) as journal:
            turns = TurnRecorder(
                journal, guide, now=now, today=lambda: settings.as_of or date.today()
            )
            recorder = JournalRecorder(journal, turns, now=now)
            server.serve(
                guide,
                host=settings.host,
                port=settings.port,
                recorder=recorder,
                originals=OpenOriginals(guide, Originals(settings.library, settings.data)),
                about=about_of(settings),
            )
    finally:
        guide.close()


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
