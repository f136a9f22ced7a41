"""Count what people do on its way to the journal, and time what they see."""

import time
from collections.abc import AsyncIterator, Callable
from datetime import date

from ingest.errors import VagvisarenError
from kb.journal.records import Actor, Feedback, SignIn
from kb.records import Answer
from web.conversation import Frame
from web.metrics import JournalWrite, Metrics
from web.recorder import Recorder


class CountingRecorder:
    """Writes by another Recorder, and counts what was written and what could not be."""

    def __init__(self, recorder: Recorder, metrics: Metrics) -> None:
        self._recorder = recorder
        self._metrics = metrics

    def turn(self, answer: Answer, *, actor: Actor, as_of: date | None = None) -> None:
        """Write an Answer, before it is shown."""
        self._write(
            JournalWrite.TURN, lambda: self._recorder.turn(answer, actor=actor, as_of=as_of)
        )
        self._metrics.turn(
            outcome=answer.outcome,
            mode=answer.mode,
            language=answer.language,
            channel=actor.channel,
        )
        if "total" in answer.timings_ms:
            self._metrics.guide.observe(answer.timings_ms["total"] / 1000)

    def feedback(self, feedback: Feedback, *, actor: Actor) -> None:
        """Write what a person thought of an Answer."""
        self._write(JournalWrite.FEEDBACK, lambda: self._recorder.feedback(feedback, actor=actor))
        self._metrics.feedback(useful=feedback.useful)

    def sign_in(self, event: SignIn, *, actor: Actor) -> None:
        """Write an event of signing in."""
        self._write(JournalWrite.SIGN_IN, lambda: self._recorder.sign_in(event, actor=actor))
        self._metrics.sign_in(event.event)

    def _write(self, record: JournalWrite, write: Callable[[], None]) -> None:
        try:
            write()
        except VagvisarenError:
            self._metrics.journal_error(record)
            raise


async def timed(
    frames: AsyncIterator[Frame],
    metrics: Metrics,
    *,
    since: float,
    clock: Callable[[], float] = time.perf_counter,
) -> AsyncIterator[Frame]:
    """Pass on what the page shows, and time its first text and its whole.

    `since` is when the question came in, on the same clock. The first frame with a log only
    repeats the question; a question that was turned back for a fault has none and is not timed.
    """
    logs = 0
    async for frame in frames:
        if frame.log is not None:
            logs += 1
            if logs == 2:
                metrics.first_text.observe(clock() - since)
        if frame.conversation is not None:
            metrics.whole_answer.observe(clock() - since)
        yield frame
