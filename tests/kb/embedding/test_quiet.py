"""Nothing imports onnxruntime before it has been told to call nobody."""

import os
import re
from pathlib import Path

import pytest

import kb
from kb.embedding.quiet import keep_onnxruntime_quiet

PACKAGES = [Path(kb.__file__).parents[1] / name for name in ("ingest", "kb", "web", "evals")]


def test_telemetry_is_off_for_this_process_and_its_children(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("ORT_DISABLE_TELEMETRY", "0")
    keep_onnxruntime_quiet()
    assert os.environ["ORT_DISABLE_TELEMETRY"] == "1"


def test_every_import_of_onnxruntime_comes_after_it() -> None:
    found = 0
    for path in (path for package in PACKAGES for path in package.rglob("*.py")):
        lines = path.read_text(encoding="utf-8").splitlines()
        for before, line in zip(["", *lines], lines, strict=False):
            if re.match(r"\s*(?:from|import) onnxruntime", line):
                found += 1
                assert before.strip() == "keep_onnxruntime_quiet()", path
    assert found == 3
