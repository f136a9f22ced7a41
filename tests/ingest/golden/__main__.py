"""Write what every made document must give anew: read the diff before it is committed."""

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
            conversion = convert(make(name, Path(folder)))
            text = to_markdown(conversion.blocks)
            (EXPECTED / f"{name}.md").write_text(text, encoding="utf-8")
            warnings = EXPECTED / f"{name}.warnings"
            warnings.unlink(missing_ok=True)
            if conversion.warnings:
                warnings.write_text("\n".join(conversion.warnings) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
