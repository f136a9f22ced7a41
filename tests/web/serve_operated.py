"""Serve the double as an operator has set it up; a slow question waits until it is let go."""

import json
import sys
import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from kb.records import Answer, Language, Turn
from kb.switch.state import Standing
from tests.web.guide_double import Context, DoubleGuide
from web.counting import CountingRecorder
from web.limits import Limits
from web.logs import LogFormat, LogLevel, set_up_logs
from web.muffle import muffled
from web.operation import Operation
from web.recorder import KeepNothing
from web.server import print_on_stderr, serve
from web.site import Site
from web.stopping import end_in_spite_of_threads


class SlowGuide(DoubleGuide):
    """Answers a question about waiting first when a file has come."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.folder = folder

    def ask(
        self,
        question: str,
        *,
        history: Sequence[Turn] = (),
        as_of: date | None = None,
        language: Language | None = None,
        audience: frozenset[str] = frozenset(),
    ) -> Answer:
        if "vänta" in question:
            (self.folder / "asked").touch()
            while not (self.folder / "go").exists():
                time.sleep(0.01)
        return super().ask(question, history=history, audience=audience)

    def passage_context(
        self,
        document_id: str,
        edition: str,
        anchor: str,
        *,
        audience: frozenset[str] = frozenset(),
    ) -> Context | None:
        if document_id == "krasch":
            raise RuntimeError(f"hemligt {anchor}")
        return super().passage_context(document_id, edition, anchor, audience=audience)


class FileSwitch:
    """Is off while a file lies in the folder; its text is the message."""

    is_fresh = True

    def __init__(self, folder: Path) -> None:
        self.file = folder / "off"

    def read(self) -> Standing:
        if not self.file.exists():
            return Standing()
        message = self.file.read_text(encoding="utf-8")
        return Standing(is_on=False, message=message, message_en="Closed for now.")


def main(folder: Path, *, limits: dict[str, int], stop_seconds: float, token: str) -> None:
    """Serve on a free port, its address on standard error."""
    set_up_logs(LogLevel.INFO, LogFormat.JSON)
    operation = Operation(
        limits=Limits(**limits, pause=0),
        switch=FileSwitch(folder),
        metrics_token=token,
        stop_seconds=stop_seconds,
    )
    print_on_stderr("startar")
    err = sys.stderr
    with muffled():
        serve(
            SlowGuide(folder),
            Site(recorder=CountingRecorder(KeepNothing(), operation.metrics), operation=operation),
            port=0,
            announce=lambda line: print(line, file=err, flush=True),
        )
    print("stopped in good order", file=err, flush=True)
    end_in_spite_of_threads()


if __name__ == "__main__":
    main(Path(sys.argv[1]), **json.loads(sys.argv[2]))
