"""A log line is one line, says what happened and where, and never what a person wrote."""

import io
import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from web.logs import FIELDS, LogFormat, LogLevel, request_id, set_up_logs

QUESTION = "Får jag skriva om 199001012385?"


@contextmanager
def logged(form: LogFormat, level: LogLevel = LogLevel.INFO) -> Iterator[io.StringIO]:
    """Set up the logs as the server does, and everything back afterwards."""
    root = logging.getLogger()
    before = (root.handlers[:], root.level, logging.raiseExceptions)
    ours = {name: logging.getLogger(name).level for name in ("kb", "web", "ingest", "app", "evals")}
    stream = io.StringIO()
    set_up_logs(level, form, stream=stream)
    try:
        yield stream
    finally:
        logging.captureWarnings(capture=False)
        root.handlers[:], root.level, logging.raiseExceptions = before
        for name, known in ours.items():
            logging.getLogger(name).setLevel(known)


def lines(stream: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def fail() -> None:
    raise ValueError(QUESTION)


def test_ours_is_said_in_full_with_its_fields_and_the_request() -> None:
    token = request_id.set("4f0c")
    with logged(LogFormat.JSON) as stream:
        logging.getLogger("web.x").info("Klart på %d ms", 7, extra={FIELDS: {"status": 200}})
    request_id.reset(token)
    (line,) = lines(stream)
    assert line.pop("time")
    assert line == {
        "level": "info",
        "logger": "web.x",
        "message": "Klart på 7 ms",
        "request": "4f0c",
        "status": 200,
    }


@pytest.mark.parametrize("form", list(LogFormat))
def test_what_others_say_is_left_out(form: LogFormat) -> None:
    with logged(form) as stream:
        logging.getLogger("uvicorn.error").error("GET /?session_hash=%s", "hemlig")
        logging.getLogger("gradio").warning(QUESTION, extra={FIELDS: {"q": QUESTION}})
    text = stream.getvalue()
    assert "uvicorn.error" in text
    assert "test_logs.py:" in text
    assert "hemlig" not in text
    assert "199001012385" not in text


def test_what_others_say_below_a_warning_is_not_told_at_all() -> None:
    with logged(LogFormat.JSON, LogLevel.DEBUG) as stream:
        logging.getLogger("httpx").info("HTTP Request: GET")
    assert stream.getvalue() == ""


@pytest.mark.parametrize("form", list(LogFormat))
@pytest.mark.parametrize("logger", ["web.x", "uvicorn.error"])
def test_of_an_exception_only_type_and_place_are_told(form: LogFormat, logger: str) -> None:
    with logged(form) as stream:
        try:
            fail()
        except ValueError:
            logging.getLogger(logger).exception("Det gick fel")
    text = stream.getvalue()
    assert "ValueError" in text
    assert "web/test_logs.py" in text
    assert " fail" in text
    assert "199001012385" not in text
    assert len(text.splitlines()) == 1


HOSTILE = "a\nb\r\x1b[2J\x9b\u2028\u202e\x00\x85c\U000e0001"


@pytest.mark.parametrize("form", list(LogFormat))
def test_no_text_makes_a_line_of_its_own_or_steers_a_terminal(form: LogFormat) -> None:
    with logged(form) as stream:
        logging.getLogger("web.x").warning("%s", HOSTILE, extra={FIELDS: {"f": HOSTILE}})
    text = stream.getvalue()
    assert text.endswith("\n")
    assert text[:-1].isprintable()


def test_json_gives_back_what_was_escaped() -> None:
    with logged(LogFormat.JSON) as stream:
        logging.getLogger("web.x").warning("%s", HOSTILE)
    assert lines(stream)[0]["message"] == HOSTILE


def test_the_level_is_kept_for_ours() -> None:
    with logged(LogFormat.TEXT, LogLevel.WARNING) as stream:
        logging.getLogger("kb.x").info("tyst")
        logging.getLogger("kb.x").warning("hörs")
    assert "tyst" not in stream.getvalue()
    assert "hörs" in stream.getvalue()


def test_a_record_that_cannot_be_put_together_is_told_without_its_text() -> None:
    with logged(LogFormat.TEXT) as stream:
        logging.getLogger("web.x").warning("%d", QUESTION)
    assert "unreadable record" in stream.getvalue()
    assert "199001012385" not in stream.getvalue()
