"""Imports run only to the left: ingest <- kb <- evals, kb <- web <- app."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
MAY_IMPORT = {
    "ingest": {"ingest"},
    "kb": {"ingest", "kb"},
    "web": {"ingest", "kb", "web"},
    "evals": {"ingest", "kb", "evals"},
}


@pytest.mark.parametrize("package", MAY_IMPORT)
def test_a_package_imports_only_from_its_left(package: str) -> None:
    own = {*MAY_IMPORT, "app"}
    for path in (ROOT / package).rglob("*.py"):
        for name in imported(path):
            top = name.split(".")[0]
            assert top not in own or top in MAY_IMPORT[package], f"{path.name} imports {name}"


def test_the_folders_of_ingest_import_only_what_stands_before_them() -> None:
    order = "library screening text markup docx pdf metadata files intake".split()
    folders = sorted(path.name for path in (ROOT / "ingest").iterdir() if list(path.glob("*.py")))
    assert folders == sorted(order)
    for place, folder in enumerate(order):
        for path in (ROOT / "ingest" / folder).glob("*.py"):
            named = {name.split(".")[1] for name in imported(path) if name.startswith("ingest.")}
            assert not named & set(order[place + 1 :]), f"{path.name} imports to its right"


def imported(path: Path) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
    return names
