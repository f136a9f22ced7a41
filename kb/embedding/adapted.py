"""Use any LlamaIndex embedding as an Embedder: sentence-transformers, OpenAI-compatible."""

import json
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import numpy as np

from ingest.errors import IndexUnavailableError, SettingsError
from kb.embedding.model import Matrix, Progress, Span, SpanVectors, Vector, clean_text

if TYPE_CHECKING:
    from llama_index.core.base.embeddings.base import BaseEmbedding

_BATCH = 64  # texts between two reports of progress
_E5 = re.compile(r"(^|[^a-z0-9])e5([^a-z0-9]|$)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Prefixes:
    """What a model was trained to see before a question and before a passage."""

    query: str = ""
    passage: str = ""


@dataclass(frozen=True, slots=True)
class AdaptedEmbedding:
    """An Embedder over a LlamaIndex embedding; `failures` are its own errors when it is away.

    Such a model gives no token states, so a span is embedded on its own, like a passage.
    """

    model: "BaseEmbedding"
    identity: str
    dimensions: int
    prefixes: Prefixes = Prefixes()
    failures: tuple[type[Exception], ...] = ()

    def embed_query(self, text: str) -> Vector:
        """Return the vector (dimensions,) of a question."""
        with _explained(self.failures):
            values = self.model.get_query_embedding(_prepare(self.prefixes.query, text))
        vector: Vector = _normalise([values], 1, self.dimensions)[0]
        return vector

    def embed_questions(self, texts: Sequence[str], *, progress: Progress | None = None) -> Matrix:
        """Return the vectors (n, dimensions) of questions."""
        rows = []
        for done, text in enumerate(texts, start=1):
            rows.append(self.embed_query(text))
            if progress:
                progress(done, len(texts))
        return np.stack(rows) if rows else np.empty((0, self.dimensions), np.float32)

    def embed_passages(self, texts: Sequence[str], *, progress: Progress | None = None) -> Matrix:
        """Return the vectors (n, dimensions) of passages, in the model's own batches."""
        made = np.empty((len(texts), self.dimensions), np.float32)
        for start in range(0, len(texts), _BATCH):
            batch = [_prepare(self.prefixes.passage, t) for t in texts[start : start + _BATCH]]
            with _explained(self.failures):
                rows = self.model.get_text_embedding_batch(batch)
            made[start : start + _BATCH] = _normalise(rows, len(batch), self.dimensions)
            if progress:
                progress(start + len(batch), len(texts))
        return made

    def embed_passages_with_spans(
        self,
        passages: Sequence[tuple[str, Sequence[Span]]],
        *,
        progress: Progress | None = None,
    ) -> list[SpanVectors]:
        """Return each passage's vector and its spans'; an empty span gets the passage's."""
        texts = [
            part
            for text, spans in passages
            for part in (text, *(text[max(0, a) : max(0, b)].strip() or text for a, b in spans))
        ]
        rows, made, at = self.embed_passages(texts, progress=progress), [], 0
        for _, spans in passages:
            made.append((rows[at], rows[at + 1 : at + 1 + len(spans)]))
            at += 1 + len(spans)
        return made


def open_sentence_transformers(name: str) -> AdaptedEmbedding:
    """Open a sentence-transformers model: a folder, or a name that its library looks up.

    Raises SettingsError when the extra or the model is missing.
    """
    module = _import("llama_index.embeddings.huggingface", "transformers")
    folder = Path(name).expanduser()
    if not folder.is_dir() and name.startswith(("/", ".", "~")):
        raise SettingsError(f"Modellmappen {name} finns inte. Rätta VAGVISAREN_EMBEDDING.")
    try:
        model = module.HuggingFaceEmbedding(str(folder) if folder.is_dir() else name)
    except (OSError, ValueError) as error:
        raise SettingsError(
            f"Modellen {name} kan inte öppnas. Ange en mapp sparad av sentence-transformers, "
            "eller ett modellnamn när nätet får användas."
        ) from error
    prefixes = _saved_prefixes(folder) or choose_prefixes(folder.name)
    version = _fingerprint(folder) if folder.is_dir() else "namn"
    identity = f"sentence-transformers:{folder.name}/{version}"
    return _adapt(model, identity, prefixes)


def open_openai(model: str, *, api_key: str | None, base_url: str | None) -> AdaptedEmbedding:
    """Open `model` at the OpenAI-compatible endpoint `base_url`.

    There is no default address: texts leave the house only to one that the operator has named.
    Raises SettingsError without an address or the extra, IndexUnavailableError when the endpoint
    does not answer.
    """
    if not base_url or urlsplit(base_url).scheme not in ("http", "https"):
        raise SettingsError("openai: kräver VAGVISAREN_EMBEDDING_URL, till exempel http://värd/v1.")
    module = _import("llama_index.embeddings.openai_like", "openai")
    failures = (_import("openai", "openai").OpenAIError, IndexError, ValueError)
    opened = module.OpenAILikeEmbedding(
        model_name=model,
        api_base=base_url,
        api_key=api_key or "none",
        embed_batch_size=_BATCH,
        max_retries=2,
        timeout=30.0,
    )
    identity = f"openai:{model}@{urlsplit(base_url).hostname}"
    return _adapt(opened, identity, choose_prefixes(model), failures)


def choose_prefixes(name: str) -> Prefixes:
    """Return the prefixes a model of this name needs: the e5 family's, or none."""
    if _E5.search(name) and "instruct" in name:
        task = "Given a question, retrieve passages that answer it"
        return Prefixes(f"Instruct: {task}\nQuery: ", "")
    return Prefixes("query: ", "passage: ") if _E5.search(name) else Prefixes()


def _adapt(
    model: "BaseEmbedding",
    identity: str,
    prefixes: Prefixes,
    failures: tuple[type[Exception], ...] = (),
) -> AdaptedEmbedding:
    """Ask the model for one vector, to learn its length and that it answers at all."""
    with _explained(failures):
        dimensions = len(model.get_query_embedding("Hur långt är svaret?"))
    policy = sha256(f"{prefixes.query}\n{prefixes.passage}".encode()).hexdigest()[:6]
    identity = f"{identity}/{dimensions}/{policy}"
    return AdaptedEmbedding(model, identity, dimensions, prefixes, failures)


def _saved_prefixes(folder: Path) -> Prefixes | None:
    """Return the prompts a sentence-transformers folder was saved with, if it has any."""
    try:
        text = (folder / "config_sentence_transformers.json").read_text(encoding="utf-8")
        prompts = json.loads(text).get("prompts") or {}
    except (OSError, ValueError):
        return None
    passage = prompts.get("passage") or prompts.get("document") or ""
    query = prompts.get("query") or ""
    return Prefixes(query, passage) if query or passage else None


def _fingerprint(folder: Path) -> str:
    """Return a short digest of a model folder: every file's name, size and last 64 KB."""
    digest = sha256()
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        size = path.stat().st_size
        digest.update(f"{path.relative_to(folder).as_posix()}\0{size}\0".encode())
        with path.open("rb") as file:
            file.seek(max(0, size - 65536))
            digest.update(file.read())
    return digest.hexdigest()[:12]


def _import(module: str, extra: str) -> Any:
    try:
        return import_module(module)
    except ImportError as error:
        raise SettingsError(
            f"VAGVISAREN_EMBEDDING kräver ett tillägg: pip install 'vagvisaren[{extra}]'"
        ) from error


@contextmanager
def _explained(failures: tuple[type[Exception], ...]) -> Iterator[None]:
    """Turn a model's own errors into ours; theirs may hold addresses and keys."""
    try:
        yield
    except failures as error:
        raise IndexUnavailableError(
            f"Inbäddningsmodellen svarar inte ({type(error).__name__}). Kontrollera adress, nyckel "
            "och modellnamn, och att tjänsten är i gång."
        ) from error


def _prepare(prefix: str, text: str) -> str:
    # Several endpoints refuse an empty text; a lone space is embedded like one.
    return (prefix + clean_text(text)) or " "


def _normalise(rows: Sequence[Sequence[float]], count: int, dimensions: int) -> Matrix:
    """Return the rows with length 1; raise when they are not what was asked for."""
    if len(rows) == count and all(len(row) == dimensions for row in rows):
        values = np.asarray(rows, np.float32)
        if np.isfinite(values).all():
            lengths = np.linalg.norm(values, axis=1, keepdims=True)
            normalised: Matrix = values / np.maximum(lengths, np.float32(1e-12))
            return normalised
    raise IndexUnavailableError(
        "Inbäddningsmodellen svarade med fel antal tal. Bygg om indexet med sync --rebuild "
        "om modellen har bytts, annars kontrollera tjänsten."
    )
