"""The words on the screen, one data file a language."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

import yaml

from kb.records import Language

LANGUAGES: tuple[Language, ...] = ("sv", "en")


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
