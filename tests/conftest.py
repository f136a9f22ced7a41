"""The default embedding model, built once and kept for all test runs."""

import os
from pathlib import Path

import pytest

from kb.embedding.e5_encoder import E5, NAME, open_e5
from tests.kb.embedding.e5_files import recipe_digest

os.environ["ORT_DISABLE_TELEMETRY"] = "1"  # tests that import onnxruntime themselves call nobody


@pytest.fixture(scope="session")
def models(pytestconfig: pytest.Config) -> Path:
    """Return a folder of models that lasts from one run to the next."""
    assert pytestconfig.cache is not None
    return pytestconfig.cache.mkdir(f"models-{recipe_digest()}")


@pytest.fixture(scope="session")
def e5(models: Path) -> E5:
    """Return the default model; the first run ever builds it (ten seconds)."""
    return open_e5(models / NAME)
