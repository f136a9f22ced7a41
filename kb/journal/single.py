"""Write a single question asked on the command line in the journal."""

import sys
from datetime import date

from ingest.errors import VagvisarenError
from kb.guide import Guide
from kb.journal.here import actor_here, now, opened_journal
from kb.journal.turns import TurnRecorder
from kb.records import Answer
from kb.settings import Settings


def journal_single(
    answer: Answer, guide: Guide, settings: Settings, *, as_of: date | None, insist: bool
) -> None:
    """Write an Answer before it is shown; a fault is a warning unless the caller insists.

    Raises:
        VagvisarenError: `insist`, and it could not be written.
    """

    def today() -> date:
        return settings.as_of or date.today()

    try:
        with opened_journal(settings) as journal:
            recorder = TurnRecorder(journal, guide, now=now, today=today)
            recorder.record(answer, actor=actor_here(settings), as_of=as_of)
    except (VagvisarenError, OSError) as error:
        if insist:
            raise
        sys.stderr.write(f"obs: svaret är inte journalfört. {error}\n")
