"""Read the header of a Document: every key checked, every fault with line and remedy."""

import re
from dataclasses import fields
from datetime import date, datetime
from enum import StrEnum
from typing import Any, TypeVar

import yaml

from ingest.document import FrontMatter, Kind, Source, Status
from ingest.errors import FrontMatterError

KEYS = tuple(field.name for field in fields(FrontMatter))
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_Choice = TypeVar("_Choice", bound=StrEnum)


class _Loader(yaml.SafeLoader):
    """Leave dates as text: an impossible one is then a fault of its key, with line and remedy."""

    yaml_implicit_resolvers = {  # noqa: RUF012 - the parent class has it so
        first: [(tag, pattern) for tag, pattern in pairs if not tag.endswith(":timestamp")]
        for first, pairs in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


class HeaderReader:
    """Turn one YAML header into a FrontMatter; knows the lines keys stand on."""

    def __init__(self, name: str, header: str) -> None:
        self._name = name
        self._header = header
        try:
            data = yaml.load(header, _Loader)  # noqa: S506 - a safe loader
        except (yaml.YAMLError, ValueError, LookupError, AttributeError, RecursionError) as error:
            mark = getattr(error, "problem_mark", None)
            line = mark.line + 2 if mark else 1
            problem = getattr(error, "problem", None) or "ogiltig YAML"
            raise FrontMatterError(
                f"{name}, rad {line}: huvudet är inte giltig YAML ({problem}). "
                "Sätt citattecken om text som innehåller kolon."
            ) from error
        if not isinstance(data, dict):
            raise self._error("", "huvudet måste bestå av rader på formen nyckel: värde")
        self._data: dict[Any, Any] = data

    def front_matter(self) -> FrontMatter:
        """Return what the header says, with defaults for what it leaves out.

        Raises:
            FrontMatterError: a key is unknown, or what it says is not what the key takes.
        """
        for key in self._data:
            if key not in KEYS:
                raise self._error(str(key), f"okänd nyckel. Kända är {', '.join(KEYS)}")
        identity = self._text("id")
        if not identity or not _ID.fullmatch(identity):
            raise self._error("id", "skriv ett id med små bokstäver a–z, siffror och bindestreck")
        title = self._text("title")
        if not title:
            raise self._error("title", "skriv dokumentets titel")
        start, end = self._date("valid_from"), self._date("valid_to")
        if start and end and end < start:
            raise self._error("valid_to", f"skriv en dag från och med {start} eller null")
        return FrontMatter(
            id=identity,
            title=title,
            kind=self._choice("kind", Kind, Kind.GUIDANCE),
            perspectives=self._texts("perspectives"),
            status=self._choice("status", Status, Status.DRAFT),
            edition=self._text("edition") or "1",
            year=self._year(),
            valid_from=start,
            valid_to=end,
            supersedes=self._text("supersedes"),
            decided_by=self._text("decided_by"),
            dnr=self._text("dnr"),
            owner=self._text("owner") or "AI-rådet",
            review_by=self._date("review_by"),
            audience=self._text("audience") or "alla",
            sources=self._sources(),
            questions=self._questions(),
            original=self._text("original"),
            original_digest=self._text("original_digest"),
        )

    def _error(self, key: str, remedy: str) -> FrontMatterError:
        line = 1
        for number, text in enumerate(self._header.splitlines(), start=2):
            if key and re.match(rf"{re.escape(key)}\s*:", text):
                line = number
                break
        subject = f"{key}: " if key else ""
        return FrontMatterError(f"{self._name}, rad {line}: {subject}{remedy}.")

    def _text(self, key: str) -> str | None:
        value = self._data.get(key)
        if value is None:
            return None
        if isinstance(value, (dict, list)):
            raise self._error(key, "skriv en text på en rad")
        return str(value).strip() or None

    def _texts(self, key: str) -> tuple[str, ...]:
        value = self._data.get(key) or []
        if isinstance(value, str):
            value = [value]
        if not isinstance(value, list) or any(isinstance(item, (dict, list)) for item in value):
            raise self._error(key, "skriv en lista, till exempel [juridik, etik]")
        return tuple(str(item).strip() for item in value)

    def _choice(self, key: str, choices: type[_Choice], default: _Choice) -> _Choice:
        value = self._text(key)
        if value is None:
            return default
        try:
            return choices(value)
        except ValueError as error:
            allowed = ", ".join(choices)
            raise self._error(key, f"'{value}' är okänt. Skriv något av {allowed}") from error

    def _date(self, key: str) -> date | None:
        value = self._data.get(key)
        if isinstance(value, datetime):
            return value.date()
        if value is None or isinstance(value, date):
            return value
        try:
            return date.fromisoformat(str(value))
        except ValueError as error:
            raise self._error(key, "skriv datum som 2026-11-01 eller null") from error

    def _year(self) -> int | None:
        value = self._data.get("year")
        if value is None:
            return None
        if isinstance(value, bool) or not re.fullmatch(r"(19|20)\d\d", str(value)):
            raise self._error("year", "skriv ett årtal med fyra siffror eller null")
        return int(value)

    def _sources(self) -> tuple[Source, ...]:
        value = self._data.get("sources") or []
        if not isinstance(value, list):
            raise self._error("sources", 'skriv en lista med {title: "…", ref: "…"}')
        sources = []
        for item in value:
            if not isinstance(item, dict) or not item.get("title") or set(item) - {"title", "ref"}:
                raise self._error("sources", 'varje källa skrivs {title: "…", ref: "…"}')
            if any(isinstance(text, (dict, list)) for text in item.values()):
                raise self._error("sources", 'varje källa skrivs {title: "…", ref: "…"}')
            sources.append(Source(str(item["title"]), str(item.get("ref") or "")))
        return tuple(sources)

    def _questions(self) -> dict[str, tuple[str, ...]]:
        value = self._data.get("questions") or {}
        if not isinstance(value, dict):
            raise self._error("questions", "skriv ett ankare per rad med en lista av frågor")
        questions = {}
        for anchor, items in value.items():
            if not isinstance(items, list) or not all(isinstance(item, str) for item in items):
                raise self._error("questions", f"frågorna till '{anchor}' måste vara en textlista")
            questions[str(anchor)] = tuple(item.strip() for item in items)
        return questions
