"""Write the expected text of every made document anew: read the diff before it is committed."""

import sys
import tempfile
from pathlib import Path

from ingest.files.convert import convert
from ingest.library.render import to_markdown
from tests.ingest.golden.files import NAMES, make

EXPECTED = Path(__file__).parent / "expected"


def main() -> int:
    """Convert every document and write what came of it."""
    EXPECTED.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        for name in NAMES:
            text = to_markdown(convert(make(name, Path(folder))).blocks)
            (EXPECTED / f"{name}.md").write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
