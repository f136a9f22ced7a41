"""Say in Swedish what is wrong with the value of a setting, and what to write instead."""

from pydantic_core import ErrorDetails

_EXPECTED = {
    "int_parsing": "skriv ett heltal",
    "int_from_float": "skriv ett heltal",
    "int_type": "skriv ett heltal",
    "greater_than_equal": "skriv ett tal från {ge}",
    "less_than_equal": "skriv ett tal till och med {le}",
    "too_short": "skriv minst {min_length} tecken",
    "string_too_short": "skriv minst {min_length} tecken",
    "bool_parsing": "skriv true eller false",
    "date_from_datetime_parsing": "skriv en dag som 2026-11-01",
    "date_from_datetime_inexact": "skriv en dag som 2026-11-01",
    "date_parsing": "skriv en dag som 2026-11-01",
    "enum": "skriv något av {expected}",
    "literal_error": "skriv något av {expected}",
    "string_type": "skriv en text inom citattecken",
    "dict_type": 'skriv JSON med namn och värde, som {{"namn": "värde"}}',
    "model_type": 'skriv JSON med namn och värde, som {{"namn": "värde"}}',
    "frozen_set_type": 'skriv en lista inom hakparenteser, som ["chefer"]',
    "extra_forbidden": "det finns inget sådant fält",
}


def say_what_is_wrong(error: ErrorDetails) -> str:
    """Return what to write, as `skriv ett heltal`, after where in the value; never the value."""
    inner = [str(part) for part in error["loc"][1:] if part != "[key]"]
    place = f"{' → '.join(inner)}: " if inner else ""
    context = {key: str(value) for key, value in error.get("ctx", {}).items()}
    if error["type"] == "value_error":  # our own validator has said it already
        return f"{place}{context['error'].rstrip('.')}"
    expected = _EXPECTED.get(error["type"], "se tabellen Settings i README")
    if "expected" in context:
        context["expected"] = context["expected"].replace("'", "").replace(" or ", " eller ")
    return place + expected.format_map(context)
