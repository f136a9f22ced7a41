"""The server stays on this machine and says plainly why it cannot start."""

import socket

import pytest

from ingest.errors import SettingsError
from web.server import open_socket, require_loopback


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.5", "vagvisaren.malmo.se", ""])
def test_an_address_others_can_reach_is_refused_without_sign_in(host: str) -> None:
    with pytest.raises(SettingsError, match="inloggning är inte inställd"):
        require_loopback(host)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1"])
def test_this_machine_is_allowed(host: str) -> None:
    require_loopback(host)


def test_a_taken_port_says_what_to_do() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(SettingsError, match="välj en annan med --port"):
            open_socket("127.0.0.1", port)


def test_a_free_port_is_given_for_zero() -> None:
    with open_socket("127.0.0.1", 0) as listener:
        assert listener.getsockname()[1] > 0
