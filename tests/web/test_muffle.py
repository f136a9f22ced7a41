"""What a library prints never comes out; that it did, and from where, does."""

import logging
import sys
import traceback

import pytest

from web.muffle import muffled

SECRET = "199001012385"


def fail() -> None:
    raise ValueError(SECRET)


def test_a_printed_traceback_is_told_once_by_type_and_place(
    capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    with muffled():
        try:
            fail()
        except ValueError:
            traceback.print_exc()
            traceback.print_exc()
        print(SECRET)
    told = [vars(record)["vagvisaren_fields"] for record in caplog.records]
    assert [one.get("error") for one in told] == ["ValueError", None]
    assert any("fail" in place for place in told[0]["at"])
    assert SECRET not in str(told)
    assert "test_muffle.py" in told[1]["printed_by"]
    assert capsys.readouterr() == ("", "")


def test_the_streams_come_back(capsys: pytest.CaptureFixture[str]) -> None:
    with muffled():
        sys.stderr.write("bort")
    print("kvar")
    assert capsys.readouterr() == ("kvar\n", "")


def test_empty_lines_are_not_told_of(caplog: pytest.LogCaptureFixture) -> None:
    with muffled():
        print()
    assert caplog.records == []
    assert logging.getLogger("web.muffle").name
