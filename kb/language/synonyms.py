"""Read the words that mean the same, or that staff say for what the guidance calls otherwise."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from typing import Any

from ingest.errors import SettingsError
from ingest.shipped_data import read_yaml

Terms = tuple[str, ...]
Phrase = Callable[[str], tuple[tuple[str, bool], ...]]

FILE = "synonyms.yaml"


def load_synonyms(phrase: Phrase) -> dict[Terms, tuple[Terms, ...]]:
    """Return what may be said instead of a word or phrase, both as terms.

    `phrase` turns an expression into its terms, each with whether it is a stop word. A phrase to be
    looked up keeps its stop words ("klistra in"); what is searched for instead leaves them out.
    Raises SettingsError when the file is not what it should be.
    """
    return _resolve(read_synonyms(read_yaml("kb", FILE)), phrase)


def read_synonyms(content: Any) -> dict[str, list[str]]:
    """Return expression → expressions: `same` holds rings, `means` one direction.

    Raises SettingsError when the content is not so made.
    """
    instead: defaultdict[str, list[str]] = defaultdict(list)
    try:
        for ring in content["same"]:
            for expression in map(str, ring):
                instead[expression] += [str(other) for other in ring if other != expression]
        for expression, others in content["means"].items():
            instead[str(expression)] += map(str, others)
    except (TypeError, KeyError, AttributeError) as error:
        raise SettingsError(
            f"{FILE} kan inte läsas: skriv listor under `same:` och `ord: [ord, …]` under `means:`."
        ) from error
    return instead


def _resolve(instead: Mapping[str, list[str]], phrase: Phrase) -> dict[Terms, tuple[Terms, ...]]:
    """Return the table in terms; an expression never stands for itself."""
    table: defaultdict[Terms, dict[Terms, None]] = defaultdict(dict)
    for expression, others in instead.items():
        key = tuple(term for term, _ in phrase(expression))
        own = tuple(term for term, is_stop in phrase(expression) if not is_stop)
        for other in others:
            terms = tuple(term for term, is_stop in phrase(other) if not is_stop)
            if terms and terms != own:
                table[key][terms] = None
    return {key: tuple(terms) for key, terms in table.items()}
