"""Name a rule for people: how strong it is and what it rests on, in their language."""

from functools import cache
from typing import Any

from ingest.document import Basis, Norm
from ingest.shipped_data import read_yaml
from kb.records import Language


def rule_label(norm: Norm | None, basis: Basis | None, language: Language = "sv") -> str:
    """Return `FÅR INTE · följer av lag`; empty for a section that is no rule.

    A rule whose basis is not written is named by its norm alone.
    """
    if norm is None:
        return ""
    words = _words()
    label: str = words["norm"][norm.value][language]
    return f"{label} · {words['basis'][basis.value][language]}" if basis else label


def basis_meaning(basis: Basis | None, language: Language = "sv") -> str:
    """Return the sentence that says what a basis means; empty where there is none."""
    return str(_words()["meaning"][basis.value][language]) if basis else ""


@cache
def _words() -> dict[str, Any]:
    words: dict[str, Any] = read_yaml("kb", "rules.yaml")
    return words
