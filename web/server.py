"""Run the web app: loopback only until sign-in exists, one process, a clean stop."""

import socket
import sys

import uvicorn

from ingest.errors import SettingsError
from web.application import LOOPBACK, build_app
from web.guide import Guide
from web.recorder import KeepNothing, Recorder
from web.sheet import Originals
from web.starters import Starters
from web.static_pages import About

_KEEP_NOTHING = KeepNothing()
_ABOUT = About()
STOP_SECONDS = 3


def serve(
    guide: Guide,
    *,
    host: str = "127.0.0.1",
    port: int = 7860,
    starters: Starters | None = None,
    recorder: Recorder = _KEEP_NOTHING,
    originals: Originals | None = None,
    about: About = _ABOUT,
) -> None:
    """Serve the chat until interrupted; port 0 takes any free one.

    Raises SettingsError for a host that others can reach (there is no sign-in yet, so anyone on
    the network could ask) and for a port that is taken.
    """
    require_loopback(host)
    with open_socket(host, port) as listener:
        app = build_app(
            guide, starters=starters, recorder=recorder, originals=originals, about=about
        )
        shown = f"[{host}]" if ":" in host else host
        address = f"http://{shown}:{listener.getsockname()[1]}/"
        print(f"Vägvisaren svarar på {address} (avsluta med Ctrl+C)", file=sys.stderr, flush=True)
        config = uvicorn.Config(
            app,
            log_level="warning",
            access_log=False,  # an address holds the key of somebody's conversation
            server_header=False,
            timeout_graceful_shutdown=STOP_SECONDS,
        )
        uvicorn.Server(config).run(sockets=[listener])


def require_loopback(host: str) -> None:
    """Raise SettingsError unless only this machine can reach `host`."""
    if host not in LOOPBACK:
        raise SettingsError(
            f"Adressen {host} kan nås av andra, och inloggning är inte inställd. "
            "Utan inloggning svarar Vägvisaren bara på den egna datorn: använd 127.0.0.1."
        )


def open_socket(host: str, port: int) -> socket.socket:
    """Take the port before anything slow is done; raise SettingsError when it cannot be had."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except (OSError, OverflowError) as error:
        raise SettingsError(
            f"Port {port} på {host} går inte att använda ({error}). "
            "Stäng det som använder den eller välj en annan med --port."
        ) from error
