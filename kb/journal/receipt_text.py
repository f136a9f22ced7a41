"""Show a receipt with its replay: as JSON, and as text for a person."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

from ingest.intake.changes import word_pieces
from kb.journal.again import Again
from kb.journal.export import OUTCOMES, local_time, turn_data
from kb.journal.export_html import place
from kb.journal.here import ROLES
from kb.journal.receipt import Receipt
from kb.journal.records import Role
from kb.journal.replay import CitedThen, Fate, Replay
from kb.terminal import in_one

_STANDINGS = {
    "in_force": "gäller",
    "older_edition": "äldre utgåva",
    "coming": "gäller senare",
    "not_published": "inte publicerad",
    "withdrawn": "tillbakadragen",
}


def receipt_json(receipt: Receipt, found: Replay, again: Again | None) -> dict[str, Any]:
    """Return a receipt as a JSON object; every key always present."""
    n, seal = receipt.link
    setup = asdict(receipt.setup)
    return {
        **turn_data(receipt.kept),
        "seal": {"n": n, "seal": seal},
        "setup": {"digest": receipt.setup.digest, **setup},
        "earlier_in_session": [one.row["id"] for one in receipt.earlier],
        "replay": {
            "proved": found.is_proved,
            "citations": [asdict(one) for one in found.citations],
            "differences": list(found.differences),
            "documents": {
                "added": list(found.added),
                "changed": list(found.changed),
                "gone": list(found.gone),
            },
        },
        "again": asdict(again) if again else None,
    }


def receipt_text(receipt: Receipt, found: Replay, again: Again | None) -> str:
    """Return a receipt for a person to read."""
    return "\n".join(_lines(receipt, found, again))


def _lines(receipt: Receipt, found: Replay, again: Again | None) -> Iterator[str]:
    row, setup = receipt.kept.row, receipt.setup
    yield f"Kvitto för svar {row['id']}"
    yield f"Tid: {local_time(row['at'])} ({row['at']})"
    yield f"Av: {row['actor'] or 'inte inloggad'}, {ROLES[Role(row['role'])]}, {row['channel']}"
    yield f"Utfall: {OUTCOMES[row['outcome']]}; svarat som om det var {row['as_of']}"
    masked = " (maskerad)" if row["masked"] else ""
    kinds = ", ".join(row["found"])
    asked = in_one(row["question"])
    yield f"Fråga{masked}: {asked or f'inte sparad; funna slag: {kinds}'}"
    yield f"Svar: {in_one(row['text']) or '–'}"
    yield from (f"Obs: {in_one(notice['text'])}" for notice in row["notices"])
    for cited in receipt.kept.citations:
        shown = cited["shown"]
        yield f"[{shown['n']}] {shown['title']}, utgåva {shown['edition']}, {place(shown)}"
        yield f"    {shown['digest']}"
    yield f"Index: generation {setup.generation}, {setup.seal}"
    yield f"Inställningar: {setup.digest} (program {setup.program}, {setup.index})"
    yield f"Plats i journalen: {receipt.link[0]}, {receipt.link[1]}"
    yield ""
    yield from _replay_lines(found)
    if again is not None:
        yield from _again_lines(again)


def _replay_lines(found: Replay) -> Iterator[str]:
    if not found.citations:
        yield "Återspelning: svaret har inga källor att hålla det mot."
    elif found.is_proved:
        yield "Återspelning: alla citerade avsnitt går att läsa som de var."
    else:
        yield "Återspelning: alla citerade avsnitt går inte att läsa som de var."
    for one in found.citations:
        yield from _cited_lines(one)
    yield from found.differences
    for name, keys in (
        ("Nya dokument sedan dess", found.added),
        ("Ändrade dokument sedan dess", found.changed),
        ("Dokument som inte längre är publicerade", found.gone),
    ):
        if keys:
            yield f"{name}: {', '.join(keys)}"
    if not (found.added or found.changed or found.gone):
        yield "Inget dokument har ändrats sedan dess."


def _cited_lines(one: CitedThen) -> Iterator[str]:
    proved = f"intygat av {_and(one.proved_by)}" if one.proved_by else "går inte att intyga"
    standing = f", utgåvan {_STANDINGS[one.standing]}" if one.standing else ""
    yield f"  [{one.n}] {one.key}#{one.anchor}: {one.fate.value}{standing}; {proved}"
    if one.fate in (Fate.CHANGED, Fate.GONE):
        yield f"      citatet {'står kvar' if one.quote_stands else 'står inte kvar'}"
    if one.fate is Fate.CHANGED and one.text_then:
        yield f"      ändringen: {_change(one.text_then, one.text_now)}"
    if one.now_in_force:
        yield f"      nu gäller {one.now_in_force}"


def _again_lines(again: Again) -> Iterator[str]:
    if not again.source:
        yield f"Frågan ställdes inte igen. {again.reason}"
        return
    index = "samma index" if again.same_index else "ett index med annat sigill"
    answer = "samma svar" if again.same_answer else f"skiljer: {'; '.join(again.differences)}"
    yield f"Frågan ställd igen ({again.source}, {index}): {answer}."


def _change(before: str, after: str) -> str:
    """Return the change in a line: `[-struck-]{+added+}` between what stays."""
    return "".join(
        kept + (f"[-{struck.strip()}-]" if struck.strip() else "")
        + (f"{{+{added.strip()}+}} " if added.strip() else "")
        for kept, struck, added in word_pieces(before, after)
    ).replace("\n", " ")  # fmt: skip


def _and(names: Sequence[str]) -> str:
    return ", ".join(names[:-1]) + (" och " if len(names) > 1 else "") + names[-1]
