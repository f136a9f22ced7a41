"""Run the web app: loopback only without sign-in, one process, a clean stop."""

import socket
import sys
from collections.abc import Callable

import uvicorn

from ingest.errors import SettingsError
from kb.sign_in.setup import LOOPBACK
from web.application import build_app
from web.guide import Guide
from web.sign_in.entrance import Entrance, Trial
from web.site import Site
from web.stopping import GracefulServer
from web.wire import BoundedProtocol

CLOSE_SECONDS = 2  # for connections that carry no answer any more


def print_on_stderr(line: str) -> None:
    """Print a line where it is read at once."""
    print(line, file=sys.stderr, flush=True)


def serve(
    guide: Guide,
    site: Site,
    *,
    host: str = "127.0.0.1",
    port: int = 7860,
    trusted_proxy: str | None = None,
    announce: Callable[[str], None] = print_on_stderr,
) -> None:
    """Serve the chat until told to stop; port 0 takes any free one, `announce` gets the address.

    `trusted_proxy` are the addresses whose word is taken for where a call comes from; nobody's
    where it is unset. Raises SettingsError for a host that others can reach while anyone on the
    network could ask, and for a port that is taken.
    """
    entrance = site.entrance
    if entrance is None or not entrance.is_public:
        require_loopback(host, entrance=entrance)
    with open_socket(host, port) as listener:
        app = build_app(guide, site)
        shown = f"[{host}]" if ":" in host else host
        address = f"http://{shown}:{listener.getsockname()[1]}/"
        if entrance is not None and entrance.origin is not None:
            address = f"{entrance.origin}/"
        announce(f"Vägvisaren svarar på {address} (avsluta med Ctrl+C)")
        config = uvicorn.Config(
            app,
            http=BoundedProtocol,
            log_config=None,  # as everybody's, see web.logs
            access_log=False,  # an address holds the key of somebody's conversation
            server_header=False,
            proxy_headers=trusted_proxy is not None,
            forwarded_allow_ips=trusted_proxy or "",
            timeout_graceful_shutdown=CLOSE_SECONDS,
        )
        GracefulServer(config, site.operation).run(sockets=[listener])


def require_loopback(host: str, *, entrance: Entrance | None = None) -> None:
    """Raise SettingsError unless only this machine can reach `host`; say what is missing."""
    if host in LOOPBACK:
        return
    if entrance is None:
        raise SettingsError(
            f"Adressen {host} kan nås av andra, och inloggning är inte inställd. "
            "Utan inloggning svarar Vägvisaren bara på den egna datorn: använd 127.0.0.1."
        )
    if isinstance(entrance.way, Trial):
        raise SettingsError(
            f"Adressen {host} kan nås av andra, och provkonton är bara till för den egna datorn. "
            "Använd 127.0.0.1, eller ställ in stadens inloggning med VAGVISAREN_OIDC_ISSUER."
        )
    raise SettingsError(
        f"Adressen {host} kan nås av andra, och VAGVISAREN_PUBLIC_URL börjar inte med https://. "
        "Ange tjänstens egen https-adress, eller använd 127.0.0.1."
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
