import pytest

from evals.cases import Case
from evals.halves import is_development


@pytest.mark.parametrize(
    ("name", "development"), [("cov-001", True), ("cov-002", False), ("con-03b", True)]
)
def test_odd_ids_are_for_development(name: str, development: bool) -> None:
    assert is_development(Case(id=name, question="?")) is development
