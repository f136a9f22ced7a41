"""Say what is wrong with the fields of a call, in our words and without what was sent."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from web.api.problems import FieldFault

_OURS = frozenset({"body", "query", "path"})  # where a field was sent, which the caller knows
_SAYINGS: Mapping[str, tuple[str, str]] = {
    "missing": ("saknas", "is missing"),
    "extra_forbidden": (
        "ett okänt fält; se /api/ för fälten",
        "an unknown field; see /api/ for the fields",
    ),
    "string_too_short": ("är tomt", "is empty"),
    "string_too_long": (
        "är för långt; högst {max_length} tecken",
        "at most {max_length} characters",
    ),
    "too_long": ("är för många; högst {max_length}", "too many; at most {max_length}"),
    "string_type": ("ska vara text", "must be text"),
    "string_unicode": ("innehåller tecken som inte är Unicode", "holds what is not Unicode"),
    "string_pattern_mismatch": ("har fel form", "has the wrong form"),
    "list_type": ("ska vara en lista", "must be a list"),
    "tuple_type": ("ska vara en lista", "must be a list"),
    "bool_type": ("ska vara true eller false", "must be true or false"),
    "int_type": ("ska vara ett heltal", "must be a whole number"),
    "int_parsing": ("ska vara ett heltal", "must be a whole number"),
    "greater_than_equal": ("är för litet; minst {ge}", "too small; at least {ge}"),
    "less_than_equal": ("är för stort; högst {le}", "too large; at most {le}"),
    "literal_error": ("ska vara {expected}", "must be {expected}"),
    "day": ("ska vara ett datum som 2026-11-22", "must be a date such as 2026-11-22"),
}
_OTHERWISE = ("går inte att använda; se /api/", "cannot be used; see /api/")


def faults_of(errors: Iterable[Mapping[str, Any]], known: Sequence[str]) -> list[FieldFault]:
    """Return a fault for each error of pydantic; `known` are the names of our own fields."""
    return [_fault(error, known) for error in errors]


def _fault(error: Mapping[str, Any], known: Sequence[str]) -> FieldFault:
    sv, en = _SAYINGS.get(str(error["type"]), _OTHERWISE)
    values = {
        name: str(value).replace(" or ", " / ")
        for name, value in error.get("ctx", {}).items()
        if name in ("max_length", "ge", "le", "expected")
    }
    return FieldFault(_place(error.get("loc", ()), known), sv.format(**values), en.format(**values))


def _place(steps: Sequence[str | int], known: Sequence[str]) -> str:
    """Name the field as `history.0`; a name that is not ours is left out, it may be anything."""
    own = (str(step) for step in steps if isinstance(step, int) or step in known)
    return ".".join(own) or ("" if set(map(str, steps)) - _OURS else "body")
