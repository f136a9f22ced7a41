"""Roles and groups come from the mappings in the settings, never straight from a claim."""

from dataclasses import replace
from typing import Any

import pytest

from ingest.errors import SignInError
from kb.journal.records import Role
from kb.person import Person
from kb.sign_in.claims import person_of
from tests.kb.sign_in.fake_provider import OIDC


def person(**claims: Any) -> Person:
    return person_of({"sub": "u1001"} | claims, OIDC)


def test_the_highest_role_and_every_mapped_group_are_taken() -> None:
    found = person(name="Prov", roles=["ai-forf", "ai-rad", "x"], groups=["g-chef", "g-annan"])
    assert found == Person("u1001", "Prov", Role.REVIEWER, frozenset({"chefer"}))


@pytest.mark.parametrize(
    "value", ["admin", ["admin"], ["reviewer"], {"ai-rad": 1}, 7, None, [["x"]]]
)
def test_a_value_that_is_not_mapped_makes_a_reader(value: Any) -> None:
    assert person(roles=value).role is Role.READER


@pytest.mark.parametrize("value", ["chefer", ["chefer"], "alla", None])
def test_a_group_that_is_not_mapped_opens_nothing(value: Any) -> None:
    assert person(groups=value).groups == frozenset()


def test_one_value_need_not_be_a_list() -> None:
    assert person(roles="ai-rad").role is Role.REVIEWER


def test_a_claim_may_lie_within_another() -> None:
    oidc = replace(OIDC, role_claim="realm_access.roles")
    claims = {"sub": "u1001", "realm_access": {"roles": ["ai-forf"]}}
    assert person_of(claims, oidc).role is Role.AUTHOR


@pytest.mark.parametrize("user", [None, "", 7, ["u"], "x" * 256, "u\n1", "u\0"])
def test_without_a_usable_id_nobody_comes_in(user: Any) -> None:
    with pytest.raises(SignInError) as refused:
        person(sub=user)
    assert refused.value.reason == "no_user"


@pytest.mark.parametrize("name", [None, "", " ", 7, "a\nb"])
def test_without_a_usable_name_the_id_is_shown(name: Any) -> None:
    assert person(name=name).name == "u1001"


@pytest.mark.parametrize("value", [None, "annan", ["annan"], "staden ", {"staden": 1}])
def test_who_lacks_the_required_value_stays_out(value: Any) -> None:
    oidc = replace(OIDC, required=("organisation", "staden"))
    with pytest.raises(SignInError) as refused:
        person_of({"sub": "u1001", "organisation": value}, oidc)
    assert (refused.value.reason, refused.value.user) == ("not_allowed", "u1001")


@pytest.mark.parametrize("value", ["staden", ["annan", "staden"]])
def test_who_has_the_required_value_comes_in(value: Any) -> None:
    oidc = replace(OIDC, required=("organisation", "staden"))
    assert person_of({"sub": "u1001", "organisation": value}, oidc).user == "u1001"
