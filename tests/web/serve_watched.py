"""Serve the real app with every logger at its loudest; write down at the end what it remembers.

`python -m tests.web.serve_watched LIBRARY DATA MEMORY`
"""

import gc
import logging
import sys
from datetime import date
from pathlib import Path
from typing import Any

import uvicorn

import app
from kb.guide import Guide, OpenTools, open_guide
from kb.records import Answer
from kb.settings import Settings

LOUD = ("sqlalchemy", "sqlalchemy.engine", "sqlalchemy.pool", "uvicorn", "gradio", "llama_index")
BREAKS = "krasch"  # a question with this word breaks the guide


class LoudConfig(uvicorn.Config):
    """Uvicorn's configuration, every message of the protocol logged."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **{**options, "log_level": "trace"})


class Breaking(Guide):
    """A guide that breaks on demand, with the question in its message."""

    def ask(self, question: str, **options: Any) -> Answer:
        """Answer, or break."""
        if BREAKS in question:
            raise RuntimeError(f"cannot answer {question!r}")
        return super().ask(question, **options)


def open_breaking(settings: Settings, *, tools: OpenTools | None = None) -> Guide:
    """Open the guide so that it can be broken."""
    guide = open_guide(settings, tools=tools)
    return Breaking(lambda: guide.tools, today=lambda: settings.as_of or date.today())


def remembered() -> str:
    """Return all that Gradio keeps of its sessions, and what its queues still hold."""
    from gradio.queueing import Event, Queue
    from gradio.routes import App

    gc.collect()
    found: list[str] = []
    for one in gc.get_objects():
        if isinstance(one, App) and getattr(one, "state_holder", None) is not None:
            for state in one.state_holder.session_data.values():
                found.append(f"{state.config_values!r} {state.state_data!r}")
                found += [repr(vars(block)) for block in state.blocks_config.blocks.values()]
        if isinstance(one, Event | Queue):
            found.append(repr(vars(one)))
    return "\n".join(found)


def main(library: str, data: str, memory: str) -> None:
    """Serve until told to stop."""
    logging.basicConfig(level=logging.DEBUG, stream=sys.stderr)
    for name in LOUD:
        logging.getLogger(name).setLevel(logging.DEBUG)
    uvicorn.Config = LoudConfig  # type: ignore[misc]
    vars(app)["open_guide"] = open_breaking
    settings = Settings(library=Path(library), data=Path(data), port=0, as_of=date(2026, 11, 22))
    try:
        app.serve(settings)
    finally:
        Path(memory).write_text(remembered(), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
