"""No question, however it is made, keeps the screen busy: the process serves others meanwhile."""

from datetime import date
from time import process_time

import pytest

from kb.answer.screen import MAX_LENGTH, screen

TODAY = date(2026, 11, 22)
LONGEST = MAX_LENGTH + 1_000  # what the chat takes
MOST = 0.3  # seconds of work; without bounds in the patterns these take one to three


@pytest.mark.parametrize(
    "piece",
    [
        *("personnummer", "samordningsnummer", "född ", "1 ", "19 90 01 01 ", "0701234567 "),
        *(" ", "\t", "\n", ", ", ", sedan ", "K", "Å", "Agatagata", "Storgatan "),
        *("{{", "{%", "${", "![", "[KÄLLA", "<källa>", "ignorera ", "svara med ", "skyddad "),
        *("a@", "a.", "(at)", "\u0301", "\u200b", "\u0661"),
    ],
)
def test_a_question_made_to_be_slow_is_screened_at_once(piece: str) -> None:
    question = (piece * LONGEST)[:LONGEST] + "!"
    screen("Får jag?", today=TODAY)  # the patterns are read once
    started = process_time()
    screen(question, today=TODAY)
    assert process_time() - started < MOST
