"""What people and documents wrote is seen on a terminal, and never obeyed by it."""

import io
import sys

import pytest

from kb.terminal import harmless_terminal, in_one, visible


class Screen(io.StringIO):
    """A stream that is a terminal."""

    def isatty(self) -> bool:
        return True


def test_what_steers_a_terminal_is_shown_instead() -> None:
    assert visible("a\x1b[2J\x07\r\x9b\u202eb\n\tc") == "a␛[2J␇␍\ufffd\ufffdb\n\tc"
    assert visible("a\r\nb") == "a\nb"
    assert visible("5 %\r", returns=True) == "5 %\r"


def test_a_terminal_is_guarded_and_given_back(monkeypatch: pytest.MonkeyPatch) -> None:
    screen, errors = Screen(), Screen()
    monkeypatch.setattr(sys, "stdout", screen)
    monkeypatch.setattr(sys, "stderr", errors)
    with harmless_terminal():
        sys.stdout.write("\x1b]0;x\x07\r")
        sys.stderr.write("\x1b[2J\r")
        assert sys.stdout.isatty()
        sys.stdout.flush()
    assert screen.getvalue() == "␛]0;x␇␍"
    assert errors.getvalue() == "␛[2J\r"
    assert sys.stdout is screen


def test_a_pipe_gets_every_byte(monkeypatch: pytest.MonkeyPatch) -> None:
    pipe = io.StringIO()
    monkeypatch.setattr(sys, "stdout", pipe)
    monkeypatch.setattr(sys, "stderr", pipe)
    with harmless_terminal():
        sys.stdout.write("\x1b[2J")
    assert pipe.getvalue() == "\x1b[2J"


def test_no_further_line_passes_for_one_of_ours() -> None:
    assert in_one("a\nSvar: ja\u2028Fråga: b") == "a\n    Svar: ja\n    Fråga: b"
    assert in_one("") == ""
