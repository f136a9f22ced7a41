"""The words on the screen, one data file a language, and the starter questions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

import yaml

from ingest.errors import SettingsError
from kb.records import Language

LANGUAGES: tuple[Language, ...] = ("sv", "en")
Starters = Mapping[Language, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Wording:
    """Every interface text of one language."""

    language: Language
    texts: Mapping[str, str]

    def say(self, key: str, **values: object) -> str:
        """Return the text of `key` with `{name}` filled in; an unknown key is a KeyError."""
        return self.texts[key].format(**values) if values else self.texts[key]


@cache
def wording(language: Language) -> Wording:
    """Read the texts of one language from `data/texts.<language>.yaml`."""
    content = (files("web") / "data" / f"texts.{language}.yaml").read_text(encoding="utf-8")
    return Wording(language=language, texts=MappingProxyType(dict(yaml.safe_load(content))))


def shipped_starters() -> Starters:
    """Read the starter questions of every language from `data/starters.yaml`."""
    content = (files("web") / "data" / "starters.yaml").read_text(encoding="utf-8")
    return checked_starters(yaml.safe_load(content))


def checked_starters(starters: object) -> Starters:
    """Return the starters when each language has a list of questions, else raise SettingsError."""
    if not isinstance(starters, Mapping):
        raise SettingsError("Startfrågorna går inte att läsa. Ange en lista för sv och en för en.")
    checked: dict[Language, tuple[str, ...]] = {}
    for language in LANGUAGES:
        questions = starters.get(language, ())
        if isinstance(questions, str) or not all(isinstance(q, str) for q in questions):
            raise SettingsError(
                f"Startfrågorna på {language} är inte en lista av texter. Rätta listan."
            )
        checked[language] = tuple(questions)
    return checked
