"""Listen in on a Guide: what it logs, what it gives the embedding model, what its errors say."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from kb.embedding.model import Vector
from kb.guide import Guide
from kb.records import Answer, Turn


@dataclass(slots=True)
class Ear:
    """What was heard since the last question."""

    logged: list[str] = field(default_factory=list)
    embedded: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def take(self) -> dict[str, str]:
        """Return what was heard, by where, and forget it."""
        heard = {
            "log": "\n".join(self.logged),
            "model": "\n".join(self.embedded),
            "error": "\n".join(self.errors),
        }
        for place in (self.logged, self.embedded, self.errors):
            place.clear()
        return heard


class _Listener(logging.Handler):
    """Keep every record as it would be written, arguments and traces included."""

    def __init__(self, ear: Ear) -> None:
        super().__init__(logging.NOTSET)
        self._ear = ear

    def emit(self, record: logging.LogRecord) -> None:
        """Keep one record."""
        self._ear.logged.append(f"{self.format(record)} {record.__dict__}")


@contextmanager
def listening(ear: Ear) -> Iterator[None]:
    """Hear everything that is logged, at every level, until the block ends."""
    root = logging.getLogger()
    before, listener = root.level, _Listener(ear)
    root.addHandler(listener)
    root.setLevel(logging.NOTSET)
    try:
        yield
    finally:
        root.removeHandler(listener)
        root.setLevel(before)


def tap(guide: Guide, ear: Ear) -> Guide:
    """Return a Guide over the same index whose questions to the model are heard."""
    tools = guide.tools

    def embed(text: str) -> Vector:
        ear.embedded.append(text)
        return tools.embed(text)

    return Guide(lambda: replace(tools, embed=embed))


def break_down(guide: Guide) -> Guide:
    """Return a Guide whose model breaks with the question in its error, as some libraries do."""

    def embed(text: str) -> Vector:
        raise RuntimeError(f"cannot embed {text!r}")

    tools = replace(guide.tools, embed=embed)
    return Guide(lambda: tools)


def ask_broken(guide: Guide, question: str, history: tuple[Turn, ...], ear: Ear) -> Answer | None:
    """Ask a Guide that may break; its error is heard, and None returned."""
    try:
        return guide.ask(question, history=history)
    except Exception as error:  # whatever a broken part may raise
        ear.errors.append(f"{error!r}")
        return None
