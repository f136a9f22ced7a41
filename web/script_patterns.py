"""Say a Python regular expression in the browser's own, so that both read the same rules."""

import re
from collections.abc import Iterator

_WORD = r"\p{L}\p{N}_"
_EDGE = rf"(?:(?<=[{_WORD}])(?![{_WORD}])|(?<![{_WORD}])(?=[{_WORD}]))"
_OUTSIDE = {
    "w": f"[{_WORD}]",
    "W": f"[^{_WORD}]",
    "d": r"\p{Nd}",
    "D": r"\P{Nd}",
    "s": r"\s",
    "S": r"\S",
    "b": _EDGE,
    "n": r"\n",
    "t": r"\t",
}
_INSIDE = {"w": _WORD, "d": r"\p{Nd}", "s": r"\s", "n": r"\n", "t": r"\t"}
_SYNTAX = frozenset("^$\\.*+?()[]{}|/")
_KNOWN = re.IGNORECASE | re.DOTALL | re.VERBOSE | re.UNICODE
_GROUP = re.compile(r"\(\?(?:P<(?P<name>\w+)>|P=(?P<again>\w+)\)|(?P<plain>:|=|!|<=|<!)|u\))")
_CLASS = re.compile(r"\[\^?(?:[^\]\\]|\\.)+\]", re.DOTALL)


def script_pattern(pattern: re.Pattern[str]) -> dict[str, str]:
    """Return `source` and `flags` of a JavaScript RegExp that finds what the pattern finds.

    Digits, letters and word edges are those of every script, as in Python. Flags are `u`, and `i`
    where case does not matter.

    Raises:
        ValueError: the pattern uses what is not known here; better no page than a laxer one.
    """
    if pattern.flags & ~_KNOWN:
        raise ValueError(f"flags of {pattern.pattern!r}")
    flags = "ui" if pattern.flags & re.IGNORECASE else "u"
    return {"source": "".join(_pieces(pattern)), "flags": flags}


def _pieces(pattern: re.Pattern[str]) -> Iterator[str]:
    text, at = pattern.pattern, 0
    while at < len(text):
        piece, at = _piece(text, at, pattern.flags)
        yield piece


def _piece(text: str, at: int, flags: int) -> tuple[str, int]:
    """Translate what begins at a place; return it and the place after it."""
    character = text[at]
    if character == "\\":
        return _escape(text[at + 1], _OUTSIDE), at + 2
    if character == "[":
        return _class(text, at)
    if text.startswith("(?", at):
        return _group(text, at)
    if flags & re.VERBOSE and character == "#":
        return "", (text + "\n").index("\n", at) + 1
    if flags & re.VERBOSE and character.isspace():
        return "", at + 1
    if character == ".":
        return (r"[\s\S]" if flags & re.DOTALL else r"[^\n]"), at + 1
    if character == "$":
        return r"(?=\n?$)", at + 1
    return ("\\/" if character == "/" else character), at + 1


def _escape(character: str, letters: dict[str, str]) -> str:
    if character in letters:
        return letters[character]
    if character.isalnum():
        raise ValueError(f"escape \\{character}")
    return f"\\{character}" if character in _SYNTAX else character


def _group(text: str, at: int) -> tuple[str, int]:
    found = _GROUP.match(text, at)
    if found is None:
        raise ValueError(f"group {text[at : at + 8]!r}")
    if found["name"]:
        piece = f"(?<{found['name']}>"
    elif found["again"]:
        piece = f"\\k<{found['again']}>"
    else:
        piece = f"(?{found['plain']}" if found["plain"] else ""
    return piece, found.end()


def _class(text: str, at: int) -> tuple[str, int]:
    found = _CLASS.match(text, at)
    if found is None:
        raise ValueError(f"class {text[at : at + 8]!r}")
    inside = re.sub(
        r"\\(.)",
        lambda escape: "\\-" if escape[1] == "-" else _escape(escape[1], _INSIDE),
        found[0][1:-1],
        flags=re.DOTALL,
    )
    # Within a class of the browser's, an opening bracket is a plain character too.
    return f"[{inside}]", found.end()
