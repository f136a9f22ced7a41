"""axe-core finds nothing, in light and dark, on a phone and at 400 % zoom, in every state."""

import pytest
from playwright.sync_api import Page

from tests.browser.axe import AXE as AXE
from tests.browser.axe import CHECK as CHECK
from tests.browser.axe import RULES as RULES
from tests.browser.axe import VIEWS as VIEWS
from tests.browser.axe import hold_against_axe
from tests.browser.states import STATES, State

TESTED = ("light", "dark", "phone", "reflow-dark")
"""The views that the suite runs; `python -m tests.browser.axe_table` runs them all."""


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.name)
def test_no_barrier_is_found(page: Page, state: State) -> None:
    if not AXE.is_file():
        pytest.skip("axe-core is not installed: run `make test`, which fetches it with npm")
    state.reach(page)
    found = {
        one.view: (one.faults, max(0, one.overflow)) for one in hold_against_axe(page, views=TESTED)
    }
    assert found == dict.fromkeys(TESTED, ([], 0))
