"""The verb `serve`: bring the index level, then start the web app."""

import argparse
from functools import cache, partial
from importlib import import_module

from kb.commands import bring_level
from kb.guide import open_tools
from kb.settings import Settings


def run_serve(options: argparse.Namespace, settings: Settings) -> bool:
    """Bring the index level and start the web app; runs until stopped."""
    del options
    # The app stands to the right of kb; kb only starts it, by name.
    app = import_module("app")
    app.refuse_early(settings)
    # Opened once for both: the model and the dictionary take seconds of processor time.
    tools = cache(partial(open_tools, settings))
    bring_level(settings, tools=tools)
    app.serve(settings, tools=tools)
    return False
