"""What the web app is made of beside the guide, each part with a harmless default."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import date

from ingest.screening.contact_data import PublicContacts
from kb.sign_in.setup import LOOPBACK
from web.api.mount import Api
from web.operation import Operation
from web.recorder import KeepNothing, Recorder
from web.sheet import Originals
from web.sign_in.entrance import Entrance
from web.starters import Starters
from web.static_pages import About


@dataclass(frozen=True, slots=True)
class Site:
    """Everything that one installation decides.

    `recorder` writes every Answer in the journal before it is shown. `originals` hands out
    originals and page images; without it there are none. `entrance` is where people sign in;
    without it nobody does, and only this machine may reach the app. `api` opens the addresses for
    programs. `operation` says how much is taken on and what else it takes to run; by default
    nothing is limited. `contacts` are public: in a question they give no warning. `about` is what
    the pages tell of this installation. `starters` default to the shipped ones. `hosts` are the
    names that the server answers to.
    """

    recorder: Recorder = field(default_factory=KeepNothing)
    originals: Originals | None = None
    entrance: Entrance | None = None
    api: Api | None = None
    operation: Operation = field(default_factory=Operation)
    contacts: PublicContacts = field(default_factory=PublicContacts)
    about: About = field(default_factory=About)
    starters: Starters | None = None
    hosts: Collection[str] = LOOPBACK
    today: Callable[[], date] = date.today
