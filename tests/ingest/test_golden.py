"""Golden text: documents as a city has them give exactly the text that was read and approved."""

from pathlib import Path

import pytest

from ingest.files.convert import convert
from ingest.library.render import to_markdown
from tests.ingest.golden.__main__ import EXPECTED
from tests.ingest.golden.files import NAMES, make


@pytest.mark.parametrize("name", NAMES)
def test_a_made_document_gives_its_text(tmp_path: Path, name: str) -> None:
    conversion = convert(make(name, tmp_path))
    expected = (EXPECTED / f"{name}.md").read_text(encoding="utf-8")
    assert to_markdown(conversion.blocks) == expected
    assert conversion.warnings == ()


def test_every_form_and_content_has_its_golden_text() -> None:
    assert {path.name for path in EXPECTED.iterdir()} == {f"{name}.md" for name in NAMES}
