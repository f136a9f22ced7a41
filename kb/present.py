"""The shapes a caller sees: Answer, Hit and reports as JSON, and as text for a terminal."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any

from ingest.intake.taken import FileOutcome
from kb.doctor import Check
from kb.index.sync import SyncReport
from kb.records import Answer, Citation, Hit, Language
from kb.rules import rule_label

_UNDECIDED = "ej fastställd av AI-rådet"


def answer_json(answer: Answer) -> dict[str, Any]:
    """Return an Answer as the contract's JSON object; every key always present."""
    data = asdict(answer)
    data["citations"] = [citation_json(citation) for citation in answer.citations]
    order = (
        "id question language outcome short text mode citations notices contact related timings_ms"
    )
    return {key: data[key] for key in order.split()}


def citation_json(citation: Citation) -> dict[str, Any]:
    """Return a Citation as the contract's JSON object."""
    return asdict(citation)


def hits_json(question: str, hits: Sequence[Hit]) -> dict[str, Any]:
    """Return the hits of a question as the contract's JSON object."""
    return {
        "question": question,
        "hits": [
            {
                "rank": hit.rank,
                "score": round(hit.score, 6),
                "document_id": hit.passage.document_id,
                "edition": hit.passage.edition,
                "headings": list(hit.passage.headings),
                "page": hit.passage.page,
                "anchor": hit.passage.anchor,
                "text": hit.passage.text,
            }
            for hit in hits
        ],
    }


def ingest_json(outcome: FileOutcome) -> dict[str, Any]:
    """Return what happened to one file as the contract's JSON object."""
    return asdict(outcome)


def sync_json(report: SyncReport) -> dict[str, Any]:
    """Return what a sync did as a JSON object."""
    data = asdict(report)
    data["skipped"] = [{"path": path, "reason": reason} for path, reason in report.skipped]
    return data


def sync_text(report: SyncReport) -> str:
    """Return what a sync did for a terminal."""
    lines = [
        f"{report.added} tillagda, {report.changed} ändrade, {report.dropped} borttagna, "
        f"{report.unchanged} oförändrade (generation {report.generation}, {report.seconds:.1f} s)"
    ]
    lines += [f"borttagen ur indexet: {key}" for key in report.gone]
    lines += [f"hoppade över {path}: {reason}" for path, reason in report.skipped]
    lines += [f"obs: {note}" for note in report.notes]
    return "\n".join(lines)


def check_json(check: Check) -> dict[str, Any]:
    """Return one check of the doctor as a JSON object."""
    return asdict(check)


def to_json(data: Any, *, indent: int | None = None) -> str:
    """Write data as JSON; dates as ISO, enumerations as their value."""
    return json.dumps(data, ensure_ascii=False, indent=indent, default=_plain)


def answer_text(answer: Answer) -> str:
    """Return an Answer for a terminal: text, notices, then the numbered sources."""
    parts = [answer.text]
    parts += [f"Obs: {notice.text}" for notice in answer.notices]
    if answer.citations:
        sources = [source_line(c, language=answer.language) for c in answer.citations]
        parts.append("Källor:\n" + "\n".join(sources))
    return "\n\n".join(parts)


def source_line(citation: Citation, *, language: Language = "sv") -> str:
    """Return one line that says where a quote stands, who decided it and what rule it is."""
    where = " › ".join(citation.headings)
    page = f", s. {citation.page}" if citation.page else ""
    decided = citation.decided_by or _UNDECIDED
    rule = rule_label(citation.norm, citation.basis, language)
    return (
        f"[{citation.n}] {citation.title} ({citation.kind}, utgåva {citation.edition}, "
        f"{decided}){': ' if where else ''}{where}{page}{f' ({rule})' if rule else ''}"
    )


def hits_text(hits: Sequence[Hit]) -> str:
    """Return hits for a terminal, one block each."""
    if not hits:
        return "Inga träffar."
    return "\n\n".join(
        f"{hit.rank}. {hit.passage.title} › {' › '.join(hit.passage.headings)}  "
        f"({hit.score:.3f} = {hit.dense:.3f} betydelse, {hit.lexical:.3f} ord)\n{hit.passage.text}"
        for hit in hits
    )


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, (StrEnum, Path)):
        return str(value)
    raise TypeError(f"{type(value).__name__} has no JSON form")
