"""The starter questions: groups by role for each language, from a file that the council edits."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from ingest.errors import SettingsError
from ingest.shipped_data import read_yaml
from kb.records import Language
from web.texts import LANGUAGES

Starters = Mapping[Language, Sequence[object]]
EVERYONE = "alla"


@dataclass(frozen=True, slots=True)
class StarterGroup:
    """What one role is offered to ask; `role` names it in the code, `label` on the page."""

    role: str
    label: str
    questions: tuple[str, ...]


Groups = Mapping[Language, tuple[StarterGroup, ...]]


def shipped_starters() -> Groups:
    """Read the starter questions of every language from `data/starters.yaml`."""
    return checked_starters(read_yaml("web", "starters.yaml"))


def checked_starters(starters: object) -> Groups:
    """Return the starters of each language in groups, else raise SettingsError.

    A language has a list: of questions, which are then for everyone, or of groups with `role`,
    `label` and `questions`.
    """
    if not isinstance(starters, Mapping):
        raise SettingsError("Startfrågorna går inte att läsa. Ange en lista för sv och en för en.")
    checked = {language: _groups(starters.get(language, ()), language) for language in LANGUAGES}
    return MappingProxyType(checked)


def questions_of(groups: Sequence[StarterGroup], role: str | None) -> tuple[str, ...]:
    """Return what a role is offered; an unknown role is offered what the first group is."""
    chosen = next((group for group in groups if group.role == role), *groups[:1] or (None,))
    return chosen.questions if chosen else ()


def _groups(given: object, language: Language) -> tuple[StarterGroup, ...]:
    fault = SettingsError(
        f"Startfrågorna på {language} är varken en lista av texter eller av grupper med role, "
        "label och questions. Rätta listan."
    )
    if isinstance(given, str) or not isinstance(given, Sequence):
        raise fault
    if all(isinstance(question, str) for question in given):
        return (StarterGroup(EVERYONE, "", tuple(given)),) if given else ()
    groups = tuple(_group(one) for one in given)
    names = [group.role for group in groups if group]
    if None in groups or len(set(names)) != len(names):
        raise fault
    return tuple(group for group in groups if group)


def _group(given: object) -> StarterGroup | None:
    if isinstance(given, StarterGroup):
        return given
    if not isinstance(given, Mapping) or set(given) != {"role", "label", "questions"}:
        return None
    role, label, questions = given["role"], given["label"], given["questions"]
    if not (isinstance(role, str) and isinstance(label, str) and isinstance(questions, list)):
        return None
    if not questions or not all(isinstance(question, str) for question in questions):
        return None
    return StarterGroup(role, label, tuple(questions))
