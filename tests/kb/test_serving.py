"""What could never be served is refused before the index is built."""

import argparse
import socket

import pytest

from ingest.errors import SettingsError
from kb import serving
from kb.settings import Settings


def refused(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> str:
    def build(*_: object, **__: object) -> None:
        pytest.fail("the index was built first")

    monkeypatch.setattr(serving, "bring_level", build)
    with pytest.raises(SettingsError) as error:
        serving.run_serve(argparse.Namespace(), settings)
    return str(error.value)


def test_half_a_sign_in(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = Settings(port=0, oidc_issuer="https://inloggning.kommunen.se")
    assert "halvt inställd" in refused(settings, monkeypatch)


def test_an_address_that_others_reach_without_sign_in(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "inloggning är inte inställd" in refused(Settings(host="0.0.0.0", port=0), monkeypatch)


def test_a_port_that_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert f"Port {port}" in refused(Settings(port=port), monkeypatch)
