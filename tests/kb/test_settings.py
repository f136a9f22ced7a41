from pathlib import Path

import pytest
from pydantic import ValidationError

from ingest.errors import SettingsError
from kb.settings import read_settings


def test_environment_is_read_and_arguments_win(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VAGVISAREN_LIBRARY", "one")
    monkeypatch.setenv("VAGVISAREN_PORT", "8000")
    settings = read_settings(library=Path("two"), data=None)
    assert (settings.library, settings.port) == (Path("two"), 8000)


def test_an_unknown_key_is_refused_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VAGVISAREN_LIBARY", "x")
    with pytest.raises(SettingsError, match="VAGVISAREN_LIBARY"):
        read_settings()


def test_a_bad_value_is_refused_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VAGVISAREN_PORT", "många")
    with pytest.raises(SettingsError, match="VAGVISAREN_PORT"):
        read_settings()


def test_an_empty_value_means_unset(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VAGVISAREN_LIBRARY", "")
    assert read_settings().library == Path("guidance")


def test_settings_are_frozen_and_mask_the_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VAGVISAREN_EMBEDDING_KEY", "hemligt")
    settings = read_settings()
    assert "hemligt" not in repr(settings)
    with pytest.raises(ValidationError):
        settings.port = 1
