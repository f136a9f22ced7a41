"""Describe multilingual-e5-small as a fused ONNX graph, smoothed so that int8 loses little."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
from onnx import ModelProto, NodeProto, TensorProto, helper, numpy_helper

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from kb.embedding.e5_weights import Weights

Peaks = Mapping[str, "NDArray[np.float32]"]
"""The largest absolute value seen in each channel of a matrix product's input, by its name."""

WORD_TABLE = "word_table"
_FUSED = "com.microsoft"  # onnxruntime's fused transformer operators
_SMOOTHING = 0.7  # share of an outlier channel's range that moves into the weights: measured best
_OPSET, _FUSED_OPSET, _IR_VERSION = 17, 1, 9


@dataclass(frozen=True, slots=True)
class _Graph:
    """The nodes and constants of a model as they are put together."""

    nodes: list[NodeProto] = field(default_factory=list)
    constants: list[TensorProto] = field(default_factory=list)

    def constant(self, name: str, values: "NDArray[Any]") -> str:
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name

    def node(self, kind: str, inputs: list[str], output: str, **attributes: Any) -> str:
        self.nodes.append(helper.make_node(kind, inputs, [output], name=output, **attributes))
        return output


def describe_encoder(weights: "Weights", *, peaks: Peaks | None = None) -> ModelProto:
    """Return the encoder: `words` float32 (1, n, hidden) in, n <= positions; two outputs.

    `states` (1, n, hidden) are the token states; `embedding` (1, hidden) is their mean,
    L2-normalised. One text a run, so there is no mask. Without `peaks` the graph computes
    exactly what the weights say and gives out the inputs of the feed-forward products too;
    with them the outliers among those inputs are levelled, which is the same function.
    """
    graph, hidden = _Graph(), weights.config.hidden
    state = _add_positions(graph, weights)
    watched: list[str] = []
    for layer in range(weights.config.layers):
        state = _add_layer(graph, weights, state, layer, peaks, watched)
    graph.node("Identity", [state], "states")
    axis = graph.constant("token_axis", np.array([1], np.int64))
    mean = graph.node("ReduceSum", ["states", axis], "sum", keepdims=0)
    graph.node("LpNormalization", [mean], "embedding", axis=1, p=2)
    outputs = [_float("embedding", [1, hidden]), _float("states", [1, "n", hidden])]
    outputs += [_float(name, None) for name in watched if peaks is None]
    opsets = [helper.make_opsetid("", _OPSET), helper.make_opsetid(_FUSED, _FUSED_OPSET)]
    described = helper.make_graph(
        graph.nodes, "e5", [_float("words", [1, "n", hidden])], outputs, graph.constants
    )
    return helper.make_model(described, opset_imports=opsets, ir_version=_IR_VERSION)


def add_words(encoder: ModelProto, vectors: "NDArray[np.float32]") -> ModelProto:
    """Put the word `vectors` (pieces, hidden) before `encoder`: it then reads `input_ids`.

    `input_ids` are int32 (1, n). The table is stored as int8 with a scale for each word, so that
    its error stays below a 254th of the word's largest value, whatever other words hold. Changes
    `encoder` and returns it.
    """
    graph = _Graph()
    table, scales = _quantise_rows(vectors)
    row = graph.node("Gather", [graph.constant(WORD_TABLE, table), "input_ids"], "word_bytes")
    row = graph.node("Cast", [row], "word_floats", to=TensorProto.FLOAT)
    scale = graph.node("Gather", [graph.constant("word_scales", scales), "input_ids"], "word_scale")
    graph.node("Mul", [row, scale], "words")
    nodes = [*graph.nodes, *encoder.graph.node]
    del encoder.graph.node[:], encoder.graph.input[:]
    encoder.graph.node.extend(nodes)
    encoder.graph.initializer.extend(graph.constants)
    ids = helper.make_tensor_value_info("input_ids", TensorProto.INT32, [1, "n"])
    encoder.graph.input.append(ids)
    return encoder


def _add_positions(graph: _Graph, weights: "Weights") -> str:
    """Add the position and the (only) type vector to each word, and normalise."""
    config = weights.config
    positions = weights.array("emb.pos", config.positions, config.hidden)
    types = weights.array("emb.type", config.token_types, config.hidden)
    table = graph.constant("positions", (positions + types[0])[None])
    zero, one, two = (graph.constant(f"at_{i}", np.array([i], np.int64)) for i in range(3))
    shape = graph.node("Shape", ["words"], "shape")
    length = graph.node("Slice", [shape, one, two], "length")
    used = graph.node("Slice", [table, zero, length, one], "used_positions")
    return _add_and_normalise(graph, weights, "emb.ln", ["words", used])


def _add_layer(
    graph: _Graph,
    weights: "Weights",
    state: str,
    layer: int,
    peaks: Peaks | None,
    watched: list[str],
) -> str:
    """Add one transformer layer after `state`; note the feed-forward inputs in `watched`."""
    config, at = weights.config, f"l{layer}."
    square = (config.hidden, config.hidden)
    joined = np.concatenate([weights.array(f"{at}{k}.w", *square).T for k in "qkv"], axis=1)
    biases = np.concatenate([weights.array(f"{at}{k}.b") for k in "qkv"])
    qkv = [graph.constant(f"{at}qkv.w", joined), graph.constant(f"{at}qkv.b", biases)]
    heads = graph.node(
        "Attention", [state, *qkv], f"{at}heads", num_heads=config.heads, domain=_FUSED
    )
    product = graph.constant(f"{at}ao.w", weights.array(f"{at}ao.w", *square).T)
    mixed = graph.node("MatMul", [heads, product], f"{at}mixed")
    middle = _add_and_normalise(graph, weights, f"{at}aln", [mixed, state], bias=f"{at}ao.b")
    wide = _multiply(graph, weights, middle, f"{at}fi", config.feed_forward, peaks)
    bias = graph.constant(f"{at}fi.b", weights.array(f"{at}fi.b"))
    active = graph.node("BiasGelu", [wide, bias], f"{at}active", domain=_FUSED)
    narrow = _multiply(graph, weights, active, f"{at}fo", config.hidden, peaks)
    watched += [middle, active]
    return _add_and_normalise(graph, weights, f"{at}oln", [narrow, middle], bias=f"{at}fo.b")


def _multiply(
    graph: _Graph, weights: "Weights", given: str, name: str, width: int, peaks: Peaks | None
) -> str:
    """Multiply by the matrix `name`, its input levelled first where its peaks are known.

    Dynamic int8 has one scale for all channels of the input, and the feed-forward inputs have
    channels 10–25 times the median, which leaves the others few steps. Dividing such a channel
    and multiplying its row of the matrix by the same number changes nothing else
    (SmoothQuant, Xiao et al. 2023, arXiv:2211.10438).
    """
    flat = weights.array(f"{name}.w")
    matrix = flat.reshape(width, -1).T
    if peaks is not None:
        inputs, rows = peaks[given] + 1e-6, np.abs(matrix).max(axis=1) + 1e-6
        level = inputs**_SMOOTHING / rows ** (1 - _SMOOTHING)
        level = np.clip(level / np.exp(np.log(level).mean()), 0.02, 50).astype(np.float32)
        factor = graph.constant(f"{name}.level", 1 / level)
        given = graph.node("Mul", [given, factor], f"{name}.levelled")
        matrix = matrix * level[:, None]
    return graph.node("MatMul", [given, graph.constant(f"{name}.w", matrix)], f"{name}.product")


def _add_and_normalise(
    graph: _Graph, weights: "Weights", name: str, terms: list[str], *, bias: str | None = None
) -> str:
    """Return the layer norm `name` of the sum of two states and, when given, a bias."""
    parts = [graph.constant(f"{name}.{part}", weights.array(f"{name}.{part}")) for part in "wb"]
    if bias is not None:
        parts.append(graph.constant(bias, weights.array(bias)))
    return graph.node(
        "SkipLayerNormalization",
        [*terms, *parts],
        f"{name}.out",
        epsilon=weights.config.epsilon,
        domain=_FUSED,
    )


def _quantise_rows(
    values: "NDArray[np.float32]",
) -> "tuple[NDArray[np.int8], NDArray[np.float32]]":
    """Return int8 rows and, for each, the scale (rows, 1) that gives the values back."""
    rows = np.empty(values.shape, np.int8)
    scales = np.empty((len(values), 1), np.float32)
    for start in range(0, len(values), 8192):  # a copy of the whole table would be 400 MB
        part = slice(start, start + 8192)
        peaks = np.abs(values[part]).max(axis=1, keepdims=True)
        scales[part] = np.maximum(peaks / 127, 1e-12)
        rows[part] = np.rint(values[part] / scales[part])
    return rows, scales


def _float(name: str, shape: "list[str | int] | None") -> Any:
    return helper.make_tensor_value_info(name, TensorProto.FLOAT, shape)
