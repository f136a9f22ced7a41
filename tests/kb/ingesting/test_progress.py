import io

import pytest

from kb.ingesting.progress import showing


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def test_a_terminal_sees_how_far_how_fast_and_how_long(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = Terminal()
    monkeypatch.setattr("sys.stderr", screen)
    with showing(4, unit="filer") as progress:
        progress.step()
        progress.reach(3, 6)
    assert "0/4" in screen.getvalue()
    assert "filer/s" in screen.getvalue()
    assert "kvar" in screen.getvalue()


def test_lines_go_to_standard_output_and_nothing_else_does(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stderr", Terminal())
    with showing(2, unit="filer") as progress:
        progress.say("ett")
        progress.step()
        progress.say("två")
    assert capsys.readouterr().out == "ett\ntvå\n"


def test_where_nobody_looks_nothing_is_written(capsys: pytest.CaptureFixture[str]) -> None:
    with showing(2, unit="filer") as progress:
        progress.step()
    assert capsys.readouterr().err == ""
