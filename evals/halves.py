"""The two halves of every suite: odd ids to develop by, even ids to test by, never read."""

import re

from evals.cases import Case


def is_development(case: Case) -> bool:
    """Say whether a Case may be read and fitted on: the last number of its id is odd."""
    numbers = re.findall(r"\d+", case.id)
    return bool(numbers) and int(numbers[-1]) % 2 == 1
