"""The words on the screen, one data file a language."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from ingest.shipped_data import read_yaml
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
    return Wording(
        language=language, texts=MappingProxyType(dict(read_yaml("web", f"texts.{language}.yaml")))
    )
