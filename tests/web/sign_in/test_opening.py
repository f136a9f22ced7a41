"""The way in is the one that the settings name; half a way starts nothing."""

from pathlib import Path

import pytest

from ingest.errors import SettingsError
from kb.journal.here import now
from kb.settings import Settings
from kb.sign_in.provider import Provider
from tests.kb.sign_in.fake_provider import CLIENT, ISSUER, ORIGIN
from web.recorder import KeepNothing
from web.server import require_loopback
from web.sign_in.entrance import Trial
from web.sign_in.opening import opened_entrance

WHOLE = {"oidc_issuer": ISSUER, "oidc_client_id": CLIENT, "public_url": ORIGIN}


def test_nothing_set_opens_nothing(tmp_path: Path) -> None:
    with opened_entrance(Settings(data=tmp_path), recorder=KeepNothing(), now=now) as entrance:
        assert entrance is None
    assert list(tmp_path.iterdir()) == []


def test_a_provider_over_https_may_be_reached_by_others(tmp_path: Path) -> None:
    settings = Settings.model_validate(WHOLE | {"data": tmp_path})
    with opened_entrance(settings, recorder=KeepNothing(), now=now) as entrance:
        assert entrance is not None
        assert isinstance(entrance.way, Provider)
        assert entrance.is_public
        assert entrance.cookies.session_name.startswith("__Host-")


def test_a_provider_over_http_stays_on_this_machine(tmp_path: Path) -> None:
    chosen = WHOLE | {"data": tmp_path, "public_url": "http://127.0.0.1:7860"}
    settings = Settings.model_validate(chosen)
    with opened_entrance(settings, recorder=KeepNothing(), now=now) as entrance:
        assert entrance is not None
        require_loopback("127.0.0.1", entrance=entrance)
        with pytest.raises(SettingsError, match="VAGVISAREN_PUBLIC_URL börjar inte med https"):
            require_loopback("0.0.0.0", entrance=entrance)


def test_trial_accounts_open_with_their_passwords(tmp_path: Path) -> None:
    settings = Settings.model_validate({"data": tmp_path, "trial_accounts": {"prov": {}}})
    with opened_entrance(settings, recorder=KeepNothing(), now=now) as entrance:
        assert entrance is not None
        assert isinstance(entrance.way, Trial)
        assert not entrance.is_public
        assert entrance.way.passwords.keys() == {"prov"}


@pytest.mark.parametrize("missing", WHOLE)
def test_half_a_configuration_opens_nothing(tmp_path: Path, missing: str) -> None:
    rest = {name: value for name, value in WHOLE.items() if name != missing}
    settings = Settings.model_validate(rest | {"data": tmp_path})
    with (
        pytest.raises(SettingsError, match=f"VAGVISAREN_{missing.upper()} saknas"),
        opened_entrance(settings, recorder=KeepNothing(), now=now),
    ):
        pass
