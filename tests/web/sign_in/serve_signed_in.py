"""Serve the double behind the way in that the environment names; what is written goes to a file."""

import sys
from pathlib import Path

from kb.journal.here import now
from kb.journal.records import Actor, SignIn
from kb.settings import read_settings
from tests.web.guide_double import DoubleGuide
from web.recorder import KeepNothing
from web.server import serve
from web.sign_in.opening import opened_entrance
from web.site import Site


class ToFile(KeepNothing):
    """Writes a line for every event of signing in."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def sign_in(self, event: SignIn, *, actor: Actor) -> None:
        with self.path.open("a", encoding="utf-8") as lines:
            lines.write(f"{event.event} {actor.user or '-'} {event.detail}\n")


if __name__ == "__main__":
    settings, recorder = read_settings(), ToFile(Path(sys.argv[1]))
    with opened_entrance(settings, recorder=recorder, now=now) as entrance:
        serve(
            DoubleGuide(),
            Site(recorder=recorder, entrance=entrance),
            host=settings.host,
            port=settings.port,
        )
