"""Real documents beside the project: the seeds in every rendering, and hostile files."""

import re
from pathlib import Path

import pytest
from rapidfuzz.distance import Levenshtein

from ingest.document import Block, BlockKind, Kind
from ingest.errors import RefusedFileError, ScannedFileError
from ingest.files.convert import Conversion, convert
from ingest.files.isolation import convert_isolated

DOCUMENTS = next(
    (one for above in Path(__file__).parents if (one := above / "shared/documents").is_dir()),
    Path("no documents beside the project"),
)
SOURCES = {"2025": "000_8698efe0d5d98b96.txt", "2026": "001_e990fe31eab90c70.txt"}
RENDERINGS = [".pdf", "-tagged.pdf", "-pdfua.pdf", "-two-columns.pdf", ".docx", ".html"]
# The renderings have a table and three footnotes that the originals lack.
ADDED = re.compile(
    r"[¹²³] ?|Tabell 1|Riktlinjer för IT och digitalisering, KF|Se Malmö stads princ"
    r"|Begreppet avser"
)

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not DOCUMENTS.is_dir(), reason="no documents beside the project"),
]


def _seed(name: str) -> Conversion:
    return convert(DOCUMENTS / "seeds" / name)


def _headings(conversion: Conversion) -> list[str]:
    return [block.text for block in conversion.blocks if block.kind is BlockKind.HEADING]


def _words(blocks: tuple[Block, ...]) -> list[str]:
    own = [b for b in blocks if b.kind is not BlockKind.TABLE and not ADDED.match(b.text)]
    return [word.rstrip("¹²³") for block in own for word in block.text.split() if word != "-"]


@pytest.mark.parametrize("year", SOURCES)
def test_a_seed_loses_no_word(year: str) -> None:
    raw = (DOCUMENTS / "seeds" / SOURCES[year]).read_text()
    whole = re.sub(r"(\w-)\s*\n\s*(\w)", r"\1\2", raw)
    plain = re.sub(r"(?m)^\s*(?:#+|-|•) |\*\*", "", whole).split()
    assert _words(_seed(SOURCES[year]).blocks) == [word for word in plain if word != "-"]


@pytest.mark.parametrize("year", SOURCES)
@pytest.mark.parametrize("form", RENDERINGS)
def test_a_rendering_has_the_seeds_headings_and_words(year: str, form: str) -> None:
    original = _seed(SOURCES[year])
    rendering = _seed(f"utvecklingsplan-{year}{form}")
    words = _words(original.blocks)
    assert _headings(rendering) == _headings(original)
    assert Levenshtein.distance(_words(rendering.blocks), words) <= 0.001 * len(words)
    tables = [block.text for block in rendering.blocks if block.kind is BlockKind.TABLE]
    assert len(tables) == 1
    assert "| Kompetensförstärkning ITD | 2 400 | 3 100 | 3 100 | 8 600 |" in tables[0]


@pytest.mark.parametrize("year", SOURCES)
@pytest.mark.parametrize("form", RENDERINGS)
def test_a_rendering_says_what_it_is(year: str, form: str) -> None:
    found = _seed(f"utvecklingsplan-{year}{form}").metadata
    assert found.title == f"Utvecklingsplan för kommungemensam IT och digitalisering {year}"
    assert (found.kind, found.year, found.decided_by) == (Kind.MEMO, int(year), None)
    assert found.dnr == {"2025": "STK-2024-629", "2026": "STK-2025-714"}[year]
    assert {"KF 2021-03-31 § 100", "KS 2023-10-18 § 269"} <= set(found.decisions)


@pytest.mark.parametrize("year", SOURCES)
def test_a_scanned_seed_is_refused(year: str) -> None:
    with pytest.raises(ScannedFileError, match="OCR"):
        _seed(f"utvecklingsplan-{year}-scanned.pdf")


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("plumber_empty.pdf", "tom"),
        ("plumber_password-example.pdf", "lösenord"),
        ("pdfjs_poppler-395-0-fuzzed.pdf", "skadad"),
        ("qpdf_pages-loop.pdf", "skadad"),
        ("pdfminer_issue-1113-evil-xobjects.pdf", "skadad"),
        ("qpdf_bad1.pdf", "innehåller"),
    ],
)
def test_a_hostile_file_is_refused_for_its_reason(name: str, says: str) -> None:
    with pytest.raises(RefusedFileError, match=says):
        convert_isolated(DOCUMENTS / "hostile" / name)


@pytest.mark.slow
def test_every_hostile_file_ends_in_blocks_or_a_reason() -> None:
    small = [path for path in (DOCUMENTS / "hostile").iterdir() if path.stat().st_size < 150_000]
    endings = {path.name: _ending(path) for path in small}
    assert len(endings) > 60
    assert {name for name, ending in endings.items() if not ending.endswith(".")} == set()


def _ending(path: Path) -> str:
    try:
        return f"{len(convert(path).blocks)} blocks."
    except RefusedFileError as error:
        return str(error)
