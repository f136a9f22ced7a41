"""Golden text: documents as a city has them give exactly the text that was read and approved."""

from collections import Counter
from pathlib import Path

import pytest

from ingest.document import Block, BlockKind
from ingest.files.convert import convert
from ingest.library.render import to_markdown
from ingest.pdf.ocr import is_available
from tests.ingest.golden.__main__ import EXPECTED
from tests.ingest.golden.files import NAMES, SCANNED, make

MOST_MISREAD = 0.03  # of the words of a scan


@pytest.mark.parametrize("name", NAMES)
def test_a_made_document_gives_its_text(tmp_path: Path, name: str) -> None:
    conversion = convert(make(name, tmp_path))
    expected = (EXPECTED / f"{name}.md").read_text(encoding="utf-8")
    assert to_markdown(conversion.blocks) == expected
    told = EXPECTED / f"{name}.warnings"
    warnings = told.read_text(encoding="utf-8").splitlines() if told.exists() else []
    assert list(conversion.warnings) == warnings


@pytest.mark.slow
@pytest.mark.skipif(not is_available(), reason="Tesseract with Swedish is not here")
@pytest.mark.parametrize("name", SCANNED)
def test_a_scan_gives_the_text_of_what_was_scanned(tmp_path: Path, name: str) -> None:
    whole = convert(make(name.replace("scanned", "plain"), tmp_path)).blocks
    scanned = convert(make(name, tmp_path), ocr=True).blocks
    assert _headings(scanned) == _headings(whole)
    wanted = _words(whole)
    assert (wanted - _words(scanned)).total() <= MOST_MISREAD * wanted.total()
    assert all(block.scanned for block in scanned)


def test_every_form_and_content_has_its_golden_text() -> None:
    assert {path.stem for path in EXPECTED.iterdir()} == set(NAMES)


def _headings(blocks: tuple[Block, ...]) -> list[str]:
    return [block.text for block in blocks if block.kind is BlockKind.HEADING]


def _words(blocks: tuple[Block, ...]) -> Counter[str]:
    """Count the words outside tables: OCR loses the blank in 1 150."""
    running = (block.text for block in blocks if block.kind is not BlockKind.TABLE)
    return Counter(word for text in running for word in text.split())
