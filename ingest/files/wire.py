"""A Conversion as JSON, between the child that reads a file and the parent that trusts no one."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from ingest.document import Block, BlockKind, Kind
from ingest.errors import RefusedFileError, ScannedFileError
from ingest.files.convert import Conversion
from ingest.metadata.proposals import Proposal
from ingest.metadata.propose import Metadata


def encode_conversion(conversion: Conversion) -> bytes:
    """Return a reply that carries a Conversion."""
    return json.dumps({"conversion": asdict(conversion)}, default=date.isoformat).encode()


def encode_refusal(message: str, *, unread: Sequence[int] = ()) -> bytes:
    """Return a reply that carries why the file was refused, and which pages OCR would read."""
    return json.dumps({"refused": message, "unread": unread}).encode()


def decode_reply(reply: bytes) -> Conversion:
    """Return the Conversion of a reply; raise RefusedFileError when it carries none.

    JSON and not pickle: a reader that a hostile file has taken over must not run code here.
    """
    try:
        data = json.loads(reply)
        if "refused" in data:
            raise _refusal(data)
        return _conversion(data["conversion"])
    except (ValueError, KeyError, TypeError) as error:
        raise RefusedFileError(
            "Läsningen av filen avbröts: den är skadad, för stor eller kräver för mycket minne. "
            "Spara om den i programmet den kommer från och försök igen."
        ) from error


def _refusal(data: dict[str, Any]) -> RefusedFileError:
    unread = tuple(int(page) for page in data["unread"])
    message = str(data["refused"])
    return ScannedFileError(message, pages=unread) if unread else RefusedFileError(message)


def _conversion(data: dict[str, Any]) -> Conversion:
    blocks = tuple(
        Block(
            BlockKind(block["kind"]),
            str(block["text"]),
            int(block["level"]),
            _number(block["page"]),
            _number(block["last_page"]),
            bool(block["scanned"]),
        )
        for block in data["blocks"]
    )
    warnings = tuple(str(warning) for warning in data["warnings"])
    unread = tuple(int(page) for page in data["unread"])
    return Conversion(blocks, _metadata(data["metadata"]), warnings, _number(data["pages"]), unread)


def _metadata(data: dict[str, Any]) -> Metadata:
    return Metadata(
        title=_text(data["title"]),
        kind=Kind(data["kind"]) if data["kind"] else None,
        year=_number(data["year"]),
        dnr=_text(data["dnr"]),
        decided_by=_text(data["decided_by"]),
        dated=date.fromisoformat(data["dated"]) if data["dated"] else None,
        decisions=tuple(str(decision) for decision in data["decisions"]),
        dates=tuple(date.fromisoformat(day) for day in data["dates"]),
        proposals=tuple(_proposal(proposal) for proposal in data["proposals"]),
    )


def _proposal(data: dict[str, Any]) -> Proposal:
    key, value, rule, quote = (str(data[name]) for name in ("key", "value", "rule", "quote"))
    return Proposal(key, value, rule, quote, _number(data["page"]))


def _number(value: object) -> int | None:
    return None if value is None else int(str(value))


def _text(value: object) -> str | None:
    return None if value is None else str(value)
