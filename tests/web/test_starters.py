"""The starter questions come in groups by role, checked before the page is built."""

import pytest

from ingest.errors import SettingsError
from web.starters import EVERYONE, checked_starters, questions_of, shipped_starters


def test_both_languages_offer_the_same_roles_everyone_first() -> None:
    shipped = shipped_starters()
    roles = {language: [group.role for group in groups] for language, groups in shipped.items()}
    assert roles["sv"] == roles["en"]
    assert roles["sv"][0] == EVERYONE
    assert {"vard", "skola", "handlaggare", "chef", "it"} < set(roles["sv"])


def test_every_role_is_offered_some_questions_and_none_twice() -> None:
    for groups in shipped_starters().values():
        for group in groups:
            assert 4 <= len(group.questions) == len(set(group.questions)) <= 6
            assert group.label


def test_a_plain_list_is_for_everyone() -> None:
    groups = checked_starters({"sv": ["Får jag?"]})
    assert questions_of(groups["sv"], EVERYONE) == ("Får jag?",)
    assert groups["en"] == ()


def test_what_is_checked_may_be_checked_again() -> None:
    assert checked_starters(shipped_starters()) == shipped_starters()


def test_an_unknown_role_is_offered_what_everyone_is() -> None:
    groups = shipped_starters()["sv"]
    assert questions_of(groups, "påve") == groups[0].questions
    assert questions_of((), "chef") == ()


_GROUP = {"role": "chef", "label": "Chef", "questions": ["Får jag?"]}


@pytest.mark.parametrize(
    "broken",
    [
        None,
        ["Får jag?"],
        {"sv": "Får jag?"},
        {"sv": [1]},
        {"sv": [_GROUP, _GROUP]},
        {"sv": [_GROUP | {"questions": []}]},
        {"sv": [_GROUP | {"mer": 1}]},
    ],
)
def test_broken_starters_are_refused_with_a_remedy(broken: object) -> None:
    with pytest.raises(SettingsError, match="lista"):
        checked_starters(broken)
