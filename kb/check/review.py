"""Review a Document by what the library says already; what that takes is opened when needed."""

from collections.abc import Callable
from datetime import date
from functools import cache

from ingest.document import Document
from kb.check.against import RulesInForce, has_rules, warning_of
from kb.check.statements import turns_in
from kb.language.swedish import open_analyser
from kb.library import load_library
from kb.settings import Settings


def open_review(settings: Settings, *, today: date) -> Callable[[Document], tuple[str, ...]]:
    """Return what warns of sentences that go against rules in force; reads the library if needed.

    A Document that gives leave to nothing costs nothing, nor does a library without rules.
    """

    @cache
    def rules() -> RulesInForce | None:
        if not settings.library.is_dir():
            return None
        library = load_library(settings.library)
        if not has_rules(library):
            return None
        return RulesInForce(library, open_analyser(cache=settings.models), today=today)

    def review(document: Document) -> tuple[str, ...]:
        in_force = rules() if turns_in(document.body) else None
        return tuple(map(warning_of, in_force.conflicts(document))) if in_force else ()

    return review
