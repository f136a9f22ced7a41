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


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("PORT", "många", "skriv ett heltal"),
        ("PORT", "99999", "skriv ett tal till och med 65535"),
        ("STOP_SECONDS", "-1", "skriv ett tal från 0"),
        ("METRICS_TOKEN", "kort", "skriv minst 20 tecken"),
        ("LOG_LEVEL", "INFO", "skriv något av debug, info, warning eller error"),
        ("API", "kanske", "skriv true eller false"),
        ("AS_OF", "igår", "skriv en dag som 2026-11-01"),
        ("RETENTION", '{"turn": 0}', "turn: skriv ett tal från 1"),
        ("RETENTION", '{"turns": 9}', "turns: skriv något av"),
        ("RETENTION", "[]", "skriv JSON med namn och värde"),
        (
            "TRIAL_ACCOUNTS",
            '{"anna": {"rol": "reader"}}',
            "anna → rol: det finns inget sådant fält",
        ),
        ("TRIAL_ACCOUNTS", '{"anna": {"groups": "x"}}', "anna → groups: skriv en lista"),
        ("PUBLIC_CONTACTS", "malmö", "'malmö' är ingen kontaktuppgift. Skriv en domän"),
    ],
)
def test_a_bad_value_is_told_in_swedish_with_what_to_write(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, said: str
) -> None:
    monkeypatch.setenv(f"VAGVISAREN_{name}", value)
    with pytest.raises(SettingsError) as refused:
        read_settings()
    assert f"VAGVISAREN_{name} går inte att använda: {said}" in str(refused.value)
    assert "nput" not in str(refused.value)
