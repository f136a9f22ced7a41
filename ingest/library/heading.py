"""Read a heading with the attributes after it: `## Rule {#anchor norm="FÅR INTE" basis="lag"}`."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from ingest.document import Basis, Norm

_ATTRIBUTES = re.compile(r"\s*\{(?P<inside>[^{}]*)\}\s*$")
_ANCHOR = re.compile(r"#([\w-]+)")
_VALUE = re.compile(r"(\w+)=(?:[\"”']([^\"”']*)[\"”']|([^\s\"”']+))")
_EMPHASIS = re.compile(r"(\*\*|__|[*`])(?=\S)(.+?)(?<=\S)\1")
_Choice = TypeVar("_Choice", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading's text without mark-up, the anchor it asks for and its attributes as written.

    `norm` and `basis` are None where none is written, and where what is written is not one of
    the closed set; `attributes` tells the two apart.
    """

    text: str
    anchor: str | None
    attributes: Mapping[str, str]

    @property
    def norm(self) -> Norm | None:
        """Return how strong the rule is."""
        return _choice(Norm, self.attributes.get("norm"))

    @property
    def basis(self) -> Basis | None:
        """Return what the rule rests on."""
        return _choice(Basis, self.attributes.get("basis"))


def read_heading(line: str) -> Heading:
    """Read one line of Markdown that is a heading."""
    text, inside = line.strip().strip("#").strip(), ""
    if match := _ATTRIBUTES.search(text):
        text, inside = text[: match.start()], match["inside"]
    anchor = _ANCHOR.search(inside)
    return Heading(
        text=_EMPHASIS.sub(r"\2", text).strip(),
        anchor=anchor[1] if anchor else None,
        attributes={name: (one or other).strip() for name, one, other in _VALUE.findall(inside)},
    )


def with_anchor(line: str, anchor: str) -> str:
    """Return a heading line with an explicit anchor, its other attributes kept as written."""
    match = _ATTRIBUTES.search(line)
    others = _ANCHOR.sub("", match["inside"]).split() if match else []
    bare = line[: match.start()] if match else line.rstrip()
    return f"{bare} {{{' '.join([f'#{anchor}', *others])}}}"


def _choice(choices: type[_Choice], value: str | None) -> _Choice | None:
    return choices(value) if value in list(choices) else None
