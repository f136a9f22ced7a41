"""The templates, escaping by default and failing on a name they do not know."""

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined

SHEETS = ("grund", "chatt", "svar", "kallor", "sida", "anpassning", "utskrift")
"""The style sheets of every page, in their order."""


@cache
def templates() -> Environment:
    """Open the folder `web/templates/`."""
    made = Environment(
        loader=PackageLoader("web", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals["sheets"] = SHEETS
    return made
