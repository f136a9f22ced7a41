from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.document import FrontMatter, Kind, Status
from kb.validity import Standing, key_of, of_year, standing, standings

NOW = date(2026, 11, 22)


def front(identifier: str = "a", **given: Any) -> FrontMatter:
    return FrontMatter(id=identifier, **{"title": identifier, "status": Status.PUBLISHED, **given})


def where(*fronts: FrontMatter, as_of: date = NOW) -> dict[str, str]:
    return {key: str(value) for key, value in standings(fronts, as_of=as_of).items()}


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (Status.PUBLISHED, Standing.IN_FORCE),
        (Status.DRAFT, Standing.NOT_PUBLISHED),
        (Status.IN_REVIEW, Standing.NOT_PUBLISHED),
        (Status.WITHDRAWN, Standing.WITHDRAWN),
    ],
)
def test_only_what_is_published_is_in_force(status: Status, expected: Standing) -> None:
    assert standing(front(status=status), [], NOW) is expected


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 10, 31), Standing.COMING),
        (date(2026, 11, 1), Standing.IN_FORCE),
        (date(2026, 12, 31), Standing.IN_FORCE),
        (date(2027, 1, 1), Standing.OLDER_EDITION),
    ],
)
def test_first_and_last_day_are_in_force(day: date, expected: Standing) -> None:
    one = front(valid_from=date(2026, 11, 1), valid_to=date(2026, 12, 31))

    assert standing(one, [], day) is expected


def test_a_successor_takes_over_on_its_first_day() -> None:
    old = front("gammal")
    new = front("ny", supersedes="gammal@1", valid_from=date(2027, 1, 1))

    before = where(old, new, as_of=date(2026, 12, 31))
    after = where(old, new, as_of=date(2027, 1, 1))

    assert before == {"gammal@1": "in_force", "ny@1": "coming"}
    assert after == {"gammal@1": "older_edition", "ny@1": "in_force"}


def test_a_successor_without_a_first_day_takes_over_at_once() -> None:
    assert where(front("gammal"), front("ny", supersedes="gammal"))["gammal@1"] == "older_edition"


def test_a_successor_outdates_only_the_edition_it_names() -> None:
    found = where(front("x", edition="1"), front("y", supersedes="x@2"))

    assert found["x@1"] == "in_force"


def test_a_draft_outdates_nothing() -> None:
    draft = front("ny", supersedes="gammal", status=Status.DRAFT)

    assert where(front("gammal"), draft)["gammal@1"] == "in_force"


def test_editions_that_supersede_their_own_id_leave_the_newest_in_force() -> None:
    found = where(front(edition="1", supersedes="a"), front(edition="2", supersedes="a"))

    assert found == {"a@1": "older_edition", "a@2": "in_force"}


def test_the_newest_edition_wins_by_first_day() -> None:
    found = where(
        front(edition="b", valid_from=date(2026, 1, 1)),
        front(edition="a", valid_from=date(2026, 6, 1)),
    )

    assert found == {"a@b": "older_edition", "a@a": "in_force"}


def test_numbers_in_editions_compare_as_numbers() -> None:
    found = where(front(edition="2026-9"), front(edition="2026-10"))

    assert found == {"a@2026-9": "older_edition", "a@2026-10": "in_force"}


def test_an_edition_to_come_does_not_displace_the_one_in_force() -> None:
    found = where(front(edition="1"), front(edition="2", valid_from=date(2027, 1, 1)))

    assert found == {"a@1": "in_force", "a@2": "coming"}


def plan(year: int, **given: Any) -> FrontMatter:
    title = f"Utvecklingsplan {year} för IT"
    return front(f"plan-{year}", **{"title": title, "kind": Kind.PLAN, "year": year, **given})


@pytest.mark.parametrize(
    ("year", "expected"),
    [
        (2026, ["older_edition", "in_force", "coming"]),
        (2025, ["in_force", "coming", "coming"]),
        (2030, ["older_edition", "older_edition", "in_force"]),
        (2020, ["coming", "coming", "coming"]),
    ],
)
def test_a_yearly_plan_is_in_force_for_its_year(year: int, expected: list[str]) -> None:
    found = where(plan(2025), plan(2026), plan(2027), as_of=date(year, 7, 1))

    assert list(found.values()) == expected


def test_next_years_plan_supersedes_this_years_only_when_its_year_comes() -> None:
    plans = plan(2025), plan(2026, supersedes="plan-2025")

    assert where(*plans, as_of=date(2025, 12, 1))["plan-2025@1"] == "in_force"
    assert where(*plans, as_of=date(2026, 1, 1))["plan-2025@1"] == "older_edition"


def test_plans_with_other_titles_or_kinds_are_no_series() -> None:
    found = where(
        plan(2025), plan(2026, title="Lokalplan 2026"), plan(2024, kind=Kind.MEMO),
        front("v", title="Utvecklingsplan 2030 för IT", year=2030),
    )  # fmt: skip

    assert set(found.values()) == {"in_force"}


def test_a_plan_that_has_not_begun_leaves_last_years_in_force() -> None:
    found = where(plan(2025), plan(2026, valid_from=date(2026, 12, 1)))

    assert found == {"plan-2025@1": "in_force", "plan-2026@1": "coming"}


def test_a_named_year_finds_its_newest_edition_even_when_outdated() -> None:
    fronts = [
        plan(2025, edition="1"),
        plan(2025, edition="2", valid_to=date(2025, 12, 31)),
        plan(2025, edition="3", status=Status.DRAFT),
        plan(2026, supersedes="plan-2025"),
    ]

    assert of_year(fronts, 2025, as_of=NOW) == {"plan-2025@2"}
    assert of_year(fronts, 2024, as_of=NOW) == frozenset()


fronts = st.lists(
    st.builds(
        FrontMatter,
        id=st.sampled_from("abc"),
        title=st.sampled_from(["Plan 2025", "Plan 2026", "Annat"]),
        kind=st.sampled_from([Kind.PLAN, Kind.GUIDANCE]),
        status=st.sampled_from(Status),
        edition=st.sampled_from(["1", "2", "2026-1"]),
        year=st.sampled_from([None, 2025, 2026, 2027]),
        valid_from=st.none() | st.dates(date(2025, 1, 1), date(2027, 1, 1)),
        valid_to=st.none() | st.dates(date(2025, 1, 1), date(2027, 1, 1)),
        supersedes=st.sampled_from([None, "a", "b@1", "c@2"]),
    ),
    max_size=6,
    unique_by=key_of,
)


@given(fronts, st.dates(date(2025, 1, 1), date(2027, 12, 31)))
def test_every_edition_stands_somewhere_and_one_per_id_is_in_force(
    some: list[FrontMatter], as_of: date
) -> None:
    found = standings(some, as_of=as_of)

    assert found.keys() == {key_of(front) for front in some}
    in_force = [key.split("@")[0] for key, value in found.items() if value is Standing.IN_FORCE]
    assert len(in_force) == len(set(in_force))


@given(fronts, st.dates(date(2025, 1, 1), date(2027, 12, 31)), st.randoms())
def test_the_order_of_the_library_does_not_matter(
    some: list[FrontMatter], as_of: date, chance: Any
) -> None:
    shuffled = list(some)
    chance.shuffle(shuffled)

    assert standings(some, as_of=as_of) == standings(shuffled, as_of=as_of)
