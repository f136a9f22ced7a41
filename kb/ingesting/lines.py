"""What the command says of each file: lines for a person, one JSON object for a program."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from ingest.intake.changes import ChangeKind
from ingest.intake.changes_text import summarise, write_changes
from ingest.intake.folders import Missing
from ingest.intake.taken import Taken
from ingest.screening.personal_data import mask_numbers
from kb.ingesting.found import FoundValue, document_text, found_values
from kb.present import ingest_json

OUTCOMES = {
    "added": "tillagd",
    "changed": "ändrad",
    "unchanged": "oförändrad",
    "refused": "avvisad",
}
_PLURALS = {
    "added": "tillagda",
    "changed": "ändrade",
    "unchanged": "oförändrade",
    "refused": "avvisade",
}


def file_lines(taken: Taken) -> str:
    """Return what became of a file: its outcome, what changed, its warnings."""
    file = taken.file
    because = f" ({file.reason})" if file.reason else ""
    lines = [f"{OUTCOMES[file.outcome]}: {file.path}{because}"]
    if taken.changes and file.outcome == "changed":
        lines.append(f"  {summarise(taken.changes)}")
    lines += [f"  varning: {warning}" for warning in file.warnings]
    return "\n".join(lines)


def preview_lines(taken: Taken, *, today: date) -> str:
    """Return what would become of a file: proposals, warnings, changes, and its whole text."""
    file, document = taken.file, taken.document
    if document is None:
        return file_lines(taken)
    lines = [
        f"skulle bli {OUTCOMES[file.outcome]}: {file.path}",
        f"  dokument: {document.key} ({document.front.status.value})",
    ]
    lines += [f"  förslag: {_proposal_line(one)}" for one in found_values(taken, today=today)]
    lines += [f"  varning: {remark}" for remark in taken.remarks]
    if file.outcome == "unchanged":
        return "\n".join(lines)
    if taken.changes and taken.earlier:
        changes = write_changes(taken.earlier, document, taken.changes)
        lines += ["", mask_numbers(changes, today=today).rstrip()]
    return "\n".join([*lines, "", document_text(document, today=today)])


def preview_json(taken: Taken, *, today: date) -> dict[str, Any]:
    """Return what would become of a file: the keys of `ingest --json`, and what was found."""
    document, changes = taken.document, taken.changes
    return {
        **ingest_json(taken.file),
        "edition": document.front.edition if document else None,
        "proposals": [asdict(one) for one in found_values(taken, today=today)],
        "personal_data": [
            {"kind": one.kind.value, "masked": one.masked, **asdict(one.place)}
            for one in taken.sightings
        ],
        "changes": None
        if changes is None
        else {
            "new": changes.count(ChangeKind.NEW),
            "changed": changes.count(ChangeKind.CHANGED),
            "dropped": changes.count(ChangeKind.DROPPED),
            "unchanged": changes.unchanged,
        },
        "text": document_text(document, today=today) if document else None,
    }


def missing_line(missing: Missing) -> str:
    """Say that an original has gone, and what to do."""
    return (
        f"obs: {missing.label} finns inte kvar i mappen; dokumentet {missing.document.key} ligger "
        "kvar. Gäller det inte längre: sätt status: withdrawn."
    )


def count_line(outcomes: Mapping[str, int]) -> str:
    """Return how many files came to each outcome that any came to: `3 tillagda, 1 avvisad`."""
    return ", ".join(
        f"{outcomes[name]} {word if outcomes[name] == 1 else _PLURALS[name]}"
        for name, word in OUTCOMES.items()
        if outcomes.get(name)
    )


def summary_line(outcomes: Mapping[str, int], seconds: float) -> str:
    """Return one line of counts, time and rate."""
    rate = sum(outcomes.values()) / max(seconds, 1e-9)
    return f"{count_line(outcomes)} ({_decimal(seconds)} s, {_decimal(rate)} filer/s)"


def _decimal(value: float) -> str:
    return f"{value:.1f}".replace(".", ",")


def _proposal_line(found: FoundValue) -> str:
    where = f", {found.where}" if found.where else ""
    stands = f"; står: {found.stands or 'inget'}" if found.stands != found.value else ""
    quote = f": ”{found.quote}”" if found.quote else ""
    return f"{found.label} = {found.value} ({found.rule}{where}{stands}){quote}"
