"""Logs without personal data: one line a record, ours in full, of others' only where and what kind.

A library may put anything in a message: an address with a conversation's key, the question it
failed on. So only our own messages are printed. Of an exception, whoever raised it, only the type
and the places it passed are told, never its message.
"""

import json
import logging
import sys
from collections.abc import Mapping
from contextvars import ContextVar
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from traceback import extract_tb
from types import TracebackType
from typing import Any, TextIO

OURS = ("ingest", "kb", "web", "evals", "app")
FIELDS = "vagvisaren_fields"
"""The key in `extra=` of further fields: a mapping of names to numbers and fixed words."""
request_id: ContextVar[str] = ContextVar("request_id", default="")
_MOST_PLACES = 12  # of an exception, innermost last


class LogFormat(StrEnum):
    """How a record is written."""

    TEXT = "text"
    JSON = "json"


class LogLevel(StrEnum):
    """The least that is written of our own records; of others' it is never less than warnings."""

    DEBUG = "debug"
    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


class Line(logging.Formatter):
    """Writes a record as one line, whatever stands in it."""

    def __init__(self, form: LogFormat) -> None:
        super().__init__()
        self._form = form

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        fields = _fields(record)
        if self._form is LogFormat.JSON:
            return printable(json.dumps(fields, ensure_ascii=False))
        time, level, logger, message = (
            fields.pop(name) for name in ("time", "level", "logger", "message")
        )
        rest = " ".join(f"{name}={_flat(value)}" for name, value in fields.items())
        return printable(f"{time} {level:7} {logger}: {message} {rest}".rstrip())


def set_up_logs(
    level: LogLevel, form: LogFormat, *, stream: TextIO | None = None
) -> logging.Handler:
    """Send every logger's records to `stream` (standard error), as lines without personal data."""
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(Line(form))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    for name in OURS:
        logging.getLogger(name).setLevel(level.upper())
    for name in list(logging.root.manager.loggerDict):  # a library's own way out of the process
        if not _is_ours(name):
            stranger = logging.getLogger(name)
            stranger.handlers[:] = []
            stranger.propagate = True
    logging.captureWarnings(capture=True)
    logging.raiseExceptions = False  # a record that cannot be written is not printed raw
    return handler


def printable(text: str) -> str:
    """Escape what could break a line or steer a terminal: control and direction marks."""
    return "".join(one if one.isprintable() else json.dumps(one)[1:-1] for one in text)


def places(traceback: TracebackType | None) -> list[str]:
    """Return where an exception passed, outermost first, without any text of the program."""
    frames = extract_tb(traceback)[-_MOST_PLACES:]
    return [f"{'/'.join(Path(f.filename).parts[-2:])}:{f.lineno} {f.name}" for f in frames]


def _fields(record: logging.LogRecord) -> dict[str, Any]:
    fields: dict[str, Any] = {
        "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
        "level": record.levelname.lower(),
        "logger": record.name,
        "message": _message(record),
    }
    if request := request_id.get():
        fields["request"] = request
    own = getattr(record, FIELDS, None)
    if _is_ours(record.name) and isinstance(own, Mapping):
        fields |= own
    if record.exc_info and record.exc_info[0]:
        fields["error"] = record.exc_info[0].__name__
        fields["at"] = places(record.exc_info[2])
    return fields


def _message(record: logging.LogRecord) -> str:
    if not _is_ours(record.name):
        return f"from {Path(record.pathname).name}:{record.lineno}, text left out"
    try:
        return record.getMessage()
    except (TypeError, ValueError):
        return f"unreadable record from {Path(record.pathname).name}:{record.lineno}"


def _is_ours(name: str) -> bool:
    return name.partition(".")[0] in OURS


def _flat(value: object) -> str:
    return " < ".join(reversed(value)) if isinstance(value, list) else str(value)
