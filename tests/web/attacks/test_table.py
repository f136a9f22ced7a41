"""The table of attacks names tests that are there, and every attack stands in it."""

import re

from tests.web.served import ROOT

TABLE = (ROOT / "docs/attacks.md").read_text(encoding="utf-8")
SOURCES = "".join(
    path.read_text(encoding="utf-8") for path in (ROOT / "tests").glob("**/test_*.py")
)


def test_every_row_names_a_test_that_is_there() -> None:
    rows = [line for line in TABLE.splitlines() if line.startswith("| ")][1:]
    assert len(rows) > 30
    for row in rows:
        named = re.findall(r"`(test_\w+)`", row.rsplit("|", 2)[1])
        assert named, row
        for test in named:
            assert f"def {test}(" in SOURCES, test
