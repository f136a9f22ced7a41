"""Open what a run asks: the Guide of the settings, level with its library, and its Witness."""

from evals.asker import Asker
from evals.evidence import Witness
from kb.commands import bring_level
from kb.guide import open_guide
from kb.library import load_library
from kb.settings import Settings


def make_ready(settings: Settings) -> None:
    """Bring the index level with the library, as `serve` does before it answers."""
    bring_level(settings)


def open_asker(settings: Settings) -> Asker:
    """Open the Guide with exact search, so that every run finds the same, and the library."""
    witness = Witness(load_library(settings.library).documents)
    return Asker(open_guide(settings, use_chroma=False), witness)
