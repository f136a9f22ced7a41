"""Write records as the manifest keeps them, and read them back: JSON and digests."""

import json
from functools import cache
from hashlib import sha256
from typing import TypeVar

from pydantic import TypeAdapter

from ingest.document import Document, FrontMatter, Passage
from kb.index.manifest import DAMAGED, DamagedManifestError

_Record = TypeVar("_Record")


@cache
def _front_codec() -> TypeAdapter[FrontMatter]:
    return TypeAdapter(FrontMatter)


@cache
def _passage_codec() -> TypeAdapter[Passage]:
    return TypeAdapter(Passage)


def front_as_json(front: FrontMatter) -> str:
    """Write front matter as the manifest keeps it."""
    return _front_codec().dump_json(front).decode()


def front_from_json(content: str) -> FrontMatter:
    """Rebuild front matter from the manifest's text.

    Raises:
        DamagedManifestError: the text is something else.
    """
    return _from_json(_front_codec(), content)


def passage_as_json(passage: Passage) -> str:
    """Write a Passage as the manifest keeps it."""
    return _passage_codec().dump_json(passage).decode()


def passage_from_json(content: str) -> Passage:
    """Rebuild a Passage from the manifest's text.

    Raises:
        DamagedManifestError: the text is something else.
    """
    return _from_json(_passage_codec(), content)


def _from_json(codec: TypeAdapter[_Record], content: str) -> _Record:
    try:
        return codec.validate_json(content)
    except ValueError as error:
        raise DamagedManifestError(DAMAGED) from error


def record_format() -> str:
    """Name the form of the records kept as JSON: it changes when a field does."""
    forms = [_front_codec().json_schema(), _passage_codec().json_schema()]
    return sha256(json.dumps(forms, sort_keys=True).encode()).hexdigest()[:12]


def body_digest(document: Document) -> str:
    """Return the digest that tells one body from another."""
    return sha256(document.body.encode("utf-8", "surrogatepass")).hexdigest()


def text_key(text: str) -> bytes:
    """Return the key a text's vector is cached under."""
    return sha256(text.encode("utf-8", "surrogatepass")).digest()
