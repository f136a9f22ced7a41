"""Ask a journalled question again over the library as it was, and compare the answers."""

import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from ingest.errors import VagvisarenError
from kb.guide import Guide, open_guide, open_tools
from kb.index.storage import manifest_path
from kb.index.sync import sync
from kb.journal.history import states
from kb.journal.masking import mask_quotes
from kb.journal.receipt import Receipt
from kb.journal.setups import Setup, published_digests, setup_of
from kb.library import load_library
from kb.records import Answer, Outcome, Turn
from kb.settings import Settings

HISTORY = 6  # earlier turns that a follow-up may build on, as in the chat


@dataclass(frozen=True, slots=True)
class Again:
    """What came of asking again.

    `source` is where the library as it was came from; empty with a `reason` if it could not be
    had. `same_index` says that the rebuilt index has the seal of the one that answered.
    """

    source: str = ""
    reason: str = ""
    same_index: bool = False
    same_answer: bool = False
    differences: tuple[str, ...] = ()


def ask_again(receipt: Receipt, settings: Settings) -> Again:
    """Answer the question of a receipt once more; nothing of it is journalled.

    The program, its words and weights are today's: what of them has changed the replay says.
    """
    if receipt.kept.row["outcome"] == Outcome.REDACT_FIRST:
        return Again(reason="Frågan är inte sparad: den lämnades tillbaka för personuppgifter.")
    with ExitStack() as stack:
        found = _as_it_was(receipt.setup, receipt.kept.row["at"], settings, stack)
        if found is None:
            return Again(
                reason="Biblioteket som det var går inte att återskapa: indexet är ett annat och "
                "inget läge i git har samma utgåvor."
            )
        source, guide = found
        answer = guide.ask(
            receipt.kept.row["question"],
            history=_history(receipt),
            as_of=date.fromisoformat(receipt.kept.row["as_of"]),
            audience=_groups(receipt, guide),
        )
        differences = tuple(_differences(receipt, answer))
        same_index = setup_of(guide.index).seal == receipt.setup.seal
    return Again(source, "", same_index, not differences, differences)


def _groups(receipt: Receipt, guide: Guide) -> frozenset[str]:
    """Return the audiences of the cited editions: whoever asked had those groups."""
    keys = (f"{one['document_id']}@{one['edition']}" for one in receipt.kept.citations)
    fronts = (guide.index.documents.get(key) for key in keys)
    return frozenset(front.audience for front in fronts if front)


def _history(receipt: Receipt) -> tuple[Turn, ...]:
    """Return the earlier turns of the conversation that the question could build on."""
    built_on = [one.row for one in receipt.earlier if one.row["outcome"] in _BUILT_ON]
    return tuple(Turn(row["question"], row["text"]) for row in built_on[-HISTORY:])


_BUILT_ON = (Outcome.ANSWERED, Outcome.NOT_COVERED, Outcome.OUT_OF_SCOPE)


def _as_it_was(
    setup: Setup, at: str, settings: Settings, stack: ExitStack
) -> tuple[str, Guide] | None:
    """Open a guide over the library as it was: the index in force, or one built from git."""
    if guide := _open_current(settings):
        stack.callback(guide.close)
        if setup_of(guide.index).seal == setup.seal:
            return "indexet som gäller nu", guide
    place = Path(stack.enter_context(TemporaryDirectory()))
    for number, (commit, library) in enumerate(states(settings.library, at, place / "git")):
        if published_digests(load_library(library).documents) == dict(setup.editions):
            guide = _rebuild(library, setup, settings, place / f"data{number}")
            stack.callback(guide.close)
            return f"git {commit[:12]}", guide
    return None


def _open_current(settings: Settings) -> Guide | None:
    try:
        return open_guide(settings, use_chroma=False)
    except VagvisarenError:
        return None  # no index to speak of; the past may still be had


def _rebuild(library: Path, setup: Setup, settings: Settings, data: Path) -> Guide:
    """Build an index of an earlier library; vectors of texts still known are reused."""
    data.mkdir(parents=True)
    if manifest_path(settings.data).exists():
        with (
            closing(sqlite3.connect(manifest_path(settings.data))) as known,
            closing(sqlite3.connect(manifest_path(data))) as copy,
        ):
            known.backup(copy)
    (data / "models").symlink_to(settings.models.resolve())
    then = settings.model_copy(
        update={"library": library, "data": data, "as_of": date.fromisoformat(setup.built_for)}
    )
    embedder, analyser = open_tools(then)
    loaded = load_library(library)
    sync(
        loaded.documents, data=data, tables=loaded.tables, embedder=embedder, analyser=analyser,
        today=date.fromisoformat(setup.built_for), use_chroma=False,
    )  # fmt: skip
    return open_guide(then, use_chroma=False)


def _differences(receipt: Receipt, answer: Answer) -> Iterator[str]:
    row = receipt.kept.row
    if answer.outcome.value != row["outcome"]:
        yield f"utfall: {row['outcome']} då, {answer.outcome.value} nu"
    written = date.fromisoformat(row["at"][:10])
    if mask_quotes(answer.text, today=written) != row["text"]:
        yield "svarets text är en annan"
    then = [(one["document_id"], one["edition"], one["digest"]) for one in receipt.kept.citations]
    now = [(one.document_id, one.edition, one.digest) for one in answer.citations]
    if then != now:
        yield "källorna är andra"
    if row["masked"]:
        yield "frågan är maskerad i journalen, så svaret kan skilja av det skälet"
