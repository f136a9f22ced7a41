from pathlib import Path

import pytest

from evals.policy import read_policy
from evals.robustness import NAME as ROBUSTNESS
from evals.suites import load_suites
from evals.waivers import read_waivers
from ingest.errors import SettingsError

GOOD = """
as_of = 2026-11-22
hard = ["verbatim"]
[suites.answers]
cases = 200
metrics."R@5" = { floor = 0.9, tolerance = 0.02, max_worse = 3 }
"""


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "policy.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_policy_is_read(tmp_path: Path) -> None:
    policy = read_policy(written(tmp_path, GOOD))
    assert policy.suites["answers"].metrics["R@5"].max_worse == 3
    assert policy.seed == 7


@pytest.mark.parametrize(
    ("was", "now", "says"),
    [
        ("R@5", "R@6", "måttet R@6 finns inte"),
        ('"verbatim"', '"consistent"', "gäller inte enskilda svar"),
        ("cases = 200", "cases = 0", "suites.answers.cases"),
        ("floor = 0.9", 'floor = "hög"', "floor"),
        ("tolerance = 0.02", "tolerance = -1", "tolerance"),
        ("cases =", "case =", "Rätta värdet"),
        ("[suites.answers]", "[suites.answers", "är inte TOML"),
    ],
)
def test_a_wrong_policy_is_refused_in_one_line(
    tmp_path: Path, was: str, now: str, says: str
) -> None:
    with pytest.raises(SettingsError, match=says) as caught:
        read_policy(written(tmp_path, GOOD.replace(was, now)))
    assert "\n" not in str(caught.value)


def test_a_missing_policy_is_said_to_be_missing(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="går inte att läsa"):
        read_policy(tmp_path / "policy.toml")


def test_the_shipped_policy_names_suites_that_are_large_enough() -> None:
    policy = read_policy()
    suites = load_suites([name for name in policy.suites if name != ROBUSTNESS])
    assert all(len(suite.cases) >= policy.suites[suite.name].cases for suite in suites)
    assert set(policy.robustness.sources) <= {suite.name for suite in suites}


def test_the_shipped_waivers_can_be_read() -> None:
    read_waivers()


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ('case = "ans-1"', "case"),
        ('reason = "kort"', "reason"),
        ('expires = "snart"', "expires"),
    ],
)
def test_a_waiver_without_what_it_needs_is_refused(tmp_path: Path, line: str, says: str) -> None:
    whole = {
        "case": 'case = "answers/ans-1"', "metric": 'metric = "right"',
        "reason": 'reason = "Texten skrivs om."', "approved_by": 'approved_by = "AI-rådet"',
        "expires": "expires = 2027-01-31",
    } | {says: line}  # fmt: skip
    path = tmp_path / "waivers.toml"
    path.write_text("[[waiver]]\n" + "\n".join(whole.values()), encoding="utf-8")
    with pytest.raises(SettingsError, match=says):
        read_waivers(path)


def test_no_file_holds_no_waivers(tmp_path: Path) -> None:
    assert read_waivers(tmp_path / "waivers.toml") == ()
