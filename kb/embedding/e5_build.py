"""Build the default embedding model once: 4-bit weights in, a small fast ONNX folder out."""

import json
import os
import shutil
from collections.abc import Callable
from dataclasses import asdict, dataclass
from hashlib import file_digest
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from filelock import FileLock

from ingest.errors import IndexUnavailableError
from kb.embedding.e5_weights import find_weights, read_weights, word_vectors
from kb.embedding.quiet import keep_onnxruntime_quiet

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from onnx import ModelProto
    from tokenizers import Tokenizer

    from kb.embedding.e5_weights import Weights

BUILD = 1
"""The recipe's number, part of every index's identity: raise it when the vectors change."""

MODEL, TABLE, TOKENIZER, RECORD = "e5.onnx", "e5.weights", "tokenizer.json", "model.json"
FILES = (MODEL, TABLE, TOKENIZER)
MAX_TOKENS = 512
QUERY_PREFIX, PASSAGE_PREFIX = "query: ", "passage: "
_SPECIAL = ("<s>", "<pad>", "</s>", "<unk>", "<mask>")


@dataclass(frozen=True, slots=True)
class Built:
    """What `model.json` says of a built folder: recipe, origin, and each file's size and digest."""

    build: int
    source: str
    files: dict[str, tuple[int, str]]


def build(folder: Path, *, progress: Callable[[str], None] | None = None) -> Built:
    """Build the model into `folder` unless a sound one is there; return its record.

    Takes about ten seconds and 1.5 GB of memory. The files are written beside `folder` and
    moved into place together; of two processes that build at once the second waits and uses what
    the first made. Raises IndexUnavailableError when weights or disk do not allow it.
    """
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(folder.with_name(f"{folder.name}.lock")):
            record = read_record(folder)
            if record is None or find_damage(folder, record, full=True):
                if progress:
                    progress("Förbereder språkmodellen (görs en gång, tar en halv minut) …")
                record = _replace(folder)
            return record
    except OSError as error:
        raise IndexUnavailableError(
            f"Språkmodellen kan inte sparas i {folder.parent}: {error.strerror or error}. "
            "Ge skrivrättighet och minst 300 MB ledigt utrymme, eller välj en annan datamapp."
        ) from error


def read_record(folder: Path) -> Built | None:
    """Return what `model.json` in `folder` says; None when there is none that can be read."""
    try:
        values = json.loads((folder / RECORD).read_text(encoding="utf-8"))
        sizes = {name: (int(size), str(digest)) for name, (size, digest) in values["files"].items()}
        return Built(int(values["build"]), str(values["source"]), sizes)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def find_damage(folder: Path, record: Built, *, full: bool = False) -> str | None:
    """Say in Swedish what is wrong with a built folder; None when it is sound.

    Checks the recipe, the digests of graph and tokenizer and the size of the table (20 ms);
    `full` checks the table's digest too (0.1 s).
    """
    if record.build != BUILD:
        return f"modellen är byggd med recept {record.build}, programmet har recept {BUILD}"
    for name in FILES:
        size, digest = record.files.get(name, (-1, ""))
        path = folder / name
        if not path.is_file() or path.stat().st_size != size:
            return f"filen {name} saknas eller är avhuggen"
        if (full or name != TABLE) and _digest(path) != digest:
            return f"filen {name} är ändrad eller skadad"
    return None


def make_tokenizer(weights: "Weights") -> "Tokenizer":
    """Return the tokenizer of the weights: Unigram over NFKC text, at most 512 tokens.

    Same parts and order as XLM-RoBERTa's own `tokenizer.json`.
    """
    from tokenizers import (
        AddedToken,
        Regex,
        Tokenizer,
        decoders,
        models,
        normalizers,
        pre_tokenizers,
        processors,
    )

    vocabulary = list(zip(weights.pieces, weights.scores, strict=True))
    tokenizer = Tokenizer(models.Unigram(vocabulary, weights.config.unknown, byte_fallback=False))
    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.Nmt(), normalizers.NFKC(), normalizers.Replace(Regex(" {2,}"), " ")]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(prepend_scheme="always", split=True)
    tokenizer.decoder = decoders.Metaspace(prepend_scheme="always")
    tokenizer.add_special_tokens(
        [AddedToken(token, special=True, normalized=False) for token in _SPECIAL]
    )
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>",
        pair="<s> $A </s> </s> $B </s>",
        special_tokens=[("<s>", weights.config.bos), ("</s>", weights.config.eos)],
    )
    tokenizer.enable_truncation(MAX_TOKENS)
    return tokenizer


def _replace(folder: Path) -> Built:
    """Build beside `folder`, then put the new one in its place; the caller holds the lock."""
    for leftover in folder.parent.glob(f".{folder.name}.*"):  # of builds that were interrupted
        shutil.rmtree(leftover, ignore_errors=True)
    fresh = folder.with_name(f".{folder.name}.new")
    worn = folder.with_name(f".{folder.name}.old")
    try:
        fresh.mkdir()
        record = _write(fresh)
        if folder.exists():
            folder.rename(worn)
        fresh.rename(folder)
    finally:
        for leftover in (fresh, worn):
            shutil.rmtree(leftover, ignore_errors=True)
    return record


def _write(folder: Path) -> Built:
    """Write tokenizer, graph and table into `folder`, and the record last."""
    import onnx.external_data_helper

    from kb.embedding.e5_graph import WORD_TABLE, add_words, describe_encoder

    source = find_weights()
    weights = read_weights(source)
    tokenizer, vectors = make_tokenizer(weights), word_vectors(weights)
    tokenizer.save(str(folder / TOKENIZER), pretty=False)
    peaks = _measure_peaks(describe_encoder(weights), tokenizer, vectors)
    model = _quantise(describe_encoder(weights, peaks=peaks), folder / "quantised.onnx")
    complete = add_words(model, vectors)
    # In a file of its own the table is mapped into memory instead of being copied at open.
    table = next(c for c in complete.graph.initializer if c.name == WORD_TABLE)
    onnx.external_data_helper.set_external_data(table, TABLE)
    onnx.save_model(complete, folder / MODEL)
    (folder / TABLE).chmod((folder / MODEL).stat().st_mode)  # onnx lets only the owner read it
    sizes = {name: ((folder / name).stat().st_size, _digest(folder / name)) for name in FILES}
    record = Built(BUILD, _digest(source), sizes)
    (folder / RECORD).write_text(json.dumps(asdict(record), indent=1), encoding="utf-8")
    for path in folder.iterdir():
        with path.open("rb+") as written:
            os.fsync(written.fileno())
    return record


def _measure_peaks(
    encoder: "ModelProto", tokenizer: "Tokenizer", vectors: "NDArray[np.float32]"
) -> "dict[str, NDArray[np.float32]]":
    """Return the largest value each channel of the watched inputs takes over the sample texts."""
    keep_onnxruntime_quiet()
    from onnxruntime import InferenceSession  # type: ignore[import-untyped]

    session = InferenceSession(encoder.SerializeToString(), providers=["CPUExecutionProvider"])
    names = [output.name for output in session.get_outputs()][2:]
    peaks: dict[str, NDArray[np.float32]] = {}
    for text in _sample_texts():
        words = vectors[tokenizer.encode(text).ids][None]
        for name, value in zip(names, session.run(names, {"words": words}), strict=True):
            peak = np.abs(value[0]).max(axis=0)
            peaks[name] = np.maximum(peaks.get(name, peak), peak)
    return peaks


def _sample_texts() -> list[str]:
    """Return the calibration texts with their prefixes, and a passage of the greatest length."""
    lines = (files("kb") / "data" / "e5_calibration.txt").read_text(encoding="utf-8").splitlines()
    texts = [line for line in lines if line and not line.startswith("#")]
    questions = [text.removeprefix("fråga: ") for text in texts if text.startswith("fråga: ")]
    passages = [text for text in texts if not text.startswith("fråga: ")]
    passages.append(" ".join(passages))
    return [QUERY_PREFIX + text for text in questions] + [PASSAGE_PREFIX + p for p in passages]


def _quantise(model: "ModelProto", scratch: Path) -> "ModelProto":
    """Return the model with int8 weights, and inputs quantised at run time."""
    import onnx

    keep_onnxruntime_quiet()
    from onnxruntime.quantization import (  # type: ignore[import-untyped]
        QuantType,
        quantize_dynamic,
    )

    # The graph is fused already; saying so spares the advice that quantize_dynamic logs.
    onnx.helper.set_model_props(model, {"onnx.quant.pre_process": "onnxruntime.quant"})
    quantize_dynamic(
        model,
        scratch,
        op_types_to_quantize=["MatMul", "Attention"],
        weight_type=QuantType.QInt8,
        per_channel=True,
        extra_options={"MatMulConstBOnly": True, "DefaultTensorType": onnx.TensorProto.FLOAT},
    )
    quantised = onnx.load(scratch)
    scratch.unlink()
    return quantised


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return "sha256:" + file_digest(file, "sha256").hexdigest()
