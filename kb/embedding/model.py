"""Open the embedding model that a setting names, behind one small interface."""

import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeAlias
from unicodedata import normalize

from ingest.errors import SettingsError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Vector: TypeAlias = "NDArray[np.float32]"
"""One text's direction: float32 (dimensions,), length 1."""
Matrix: TypeAlias = "NDArray[np.float32]"
"""One vector a row: float32 (n, dimensions)."""
Span: TypeAlias = tuple[int, int]
"""Part of a text: offsets of its first character and of the one after its last."""
SpanVectors: TypeAlias = "tuple[Vector, Matrix]"
"""The vector of a passage, and one row for each of its spans."""
Progress: TypeAlias = Callable[[int, int], None]
"""Told how many are done, of how many."""

_MAX_CHARACTERS = 10_000  # 512 tokens of the longest words; what lies behind is never looked at
_UNUSABLE = re.compile("[\0\ud800-\udfff]")  # NUL and lone surrogates, which UTF-8 cannot hold


class Embedder(Protocol):
    """Turn text into vectors; the cosine of two says how near their meanings are."""

    @property
    def identity(self) -> str:
        """Name model, version, build and prefixes; vectors of two identities never mix."""

    @property
    def dimensions(self) -> int:
        """Return the length of a vector."""

    def embed_query(self, text: str) -> Vector:
        """Return the vector of a question that a person asks."""

    def embed_questions(self, texts: Sequence[str], *, progress: Progress | None = None) -> Matrix:
        """Return the vectors of many questions."""

    def embed_passages(self, texts: Sequence[str], *, progress: Progress | None = None) -> Matrix:
        """Return the vectors of the texts that are searched."""

    def embed_passages_with_spans(
        self,
        passages: Sequence[tuple[str, Sequence[Span]]],
        *,
        progress: Progress | None = None,
    ) -> list[SpanVectors]:
        """Return, for each text, its vector and those of its spans."""


def clean_text(text: str) -> str:
    """Return what a model is given: NFC, without NUL and lone surrogates, at most 10,000 long."""
    return normalize("NFC", _UNUSABLE.sub("", text[:_MAX_CHARACTERS]))


def open_embedding(
    name: str,
    *,
    models: Path,
    api_key: str | None = None,
    base_url: str | None = None,
    progress: Callable[[str], None] | None = None,
) -> Embedder:
    """Open the embedding that `name` selects.

    `e5` is the built-in model, kept under `models` and built there once (progress, in Swedish, is
    told before); `sentence-transformers:<folder or model>` needs the extra [transformers];
    `openai:<model>` needs the extra [openai] and `base_url`, the endpoint to send texts to.
    Nothing is imported for the models not chosen. Raises SettingsError when the name, the extra
    or the address is wrong, IndexUnavailableError when the model cannot be read, built or reached.
    """
    family, _, model = name.partition(":")
    if name == "e5":
        from kb.embedding.e5_encoder import NAME, open_e5

        return open_e5(models / NAME, progress=progress)
    if family == "sentence-transformers" and model:
        from kb.embedding.adapted import open_sentence_transformers

        return open_sentence_transformers(model)
    if family == "openai" and model:
        from kb.embedding.adapted import open_openai

        return open_openai(model, api_key=api_key, base_url=base_url)
    raise SettingsError(
        f"VAGVISAREN_EMBEDDING={name} är okänd. Välj e5, sentence-transformers:<mapp> eller "
        "openai:<modell>."
    )
