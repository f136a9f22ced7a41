"""Build the web app and run it: composition only."""

import sys

from kb.cli import main
from kb.guide import open_guide
from kb.settings import Settings
from web import server


def serve(settings: Settings) -> None:
    """Serve the guide that the settings name, until interrupted."""
    guide = open_guide(settings)
    try:
        server.serve(guide, host=settings.host, port=settings.port)
    finally:
        guide.close()


if __name__ == "__main__":
    raise SystemExit(main(["serve", *sys.argv[1:]]))
