"""Save the default model's weights as sentence-transformers would; needs its extra."""

from importlib import import_module
from pathlib import Path
from typing import Any

from kb.embedding.e5_build import MAX_TOKENS, make_tokenizer
from kb.embedding.e5_weights import Weights, find_weights, read_weights

_PARTS = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}


def save_as_sentence_transformers(folder: Path) -> None:
    """Write a float32 model folder: transformer, mean pooling, normalisation."""
    weights = read_weights(find_weights())
    inner = folder.with_name("transformer")
    _make_bert(weights).save_pretrained(inner)
    transformers: Any = import_module("transformers")
    transformers.PreTrainedTokenizerFast(
        tokenizer_object=make_tokenizer(weights),
        bos_token="<s>",
        eos_token="</s>",
        cls_token="<s>",
        sep_token="</s>",
        unk_token="<unk>",
        pad_token="<pad>",
        mask_token="<mask>",
        model_max_length=MAX_TOKENS,
    ).save_pretrained(inner)
    library: Any = import_module("sentence_transformers")
    parts: Any = import_module("sentence_transformers.sentence_transformer.modules")
    modules = [
        parts.Transformer(str(inner), max_seq_length=MAX_TOKENS),
        parts.Pooling(weights.config.hidden, pooling_mode="mean"),
        parts.Normalize(),
    ]
    library.SentenceTransformer(modules=modules, device="cpu").save(str(folder))


def _make_bert(weights: Weights) -> Any:
    transformers: Any = import_module("transformers")
    config = weights.config
    bert = transformers.BertModel(
        transformers.BertConfig(
            vocab_size=config.vocabulary,
            hidden_size=config.hidden,
            num_hidden_layers=config.layers,
            num_attention_heads=config.heads,
            intermediate_size=config.feed_forward,
            max_position_embeddings=config.positions,
            type_vocab_size=config.token_types,
            layer_norm_eps=1e-12,
            pad_token_id=config.pad,
            hidden_act="gelu",
        ),
        add_pooling_layer=False,
    )
    bert.load_state_dict(_read_state(weights))
    return bert


def _read_state(weights: Weights) -> dict[str, Any]:
    """Return the arrays under the names that transformers uses."""
    torch: Any = import_module("torch")
    config = weights.config

    def tensor(name: str, *shape: int) -> Any:
        return torch.from_numpy(weights.array(name, *shape).copy())

    state = {
        "embeddings.word_embeddings.weight": tensor("emb.word", config.vocabulary, config.hidden),
        "embeddings.position_embeddings.weight": tensor("emb.pos", config.positions, config.hidden),
        "embeddings.token_type_embeddings.weight": tensor(
            "emb.type", config.token_types, config.hidden
        ),
        "embeddings.LayerNorm.weight": tensor("emb.ln.w"),
        "embeddings.LayerNorm.bias": tensor("emb.ln.b"),
    }
    wide = {"fi": (config.feed_forward, config.hidden), "fo": (config.hidden, config.feed_forward)}
    for layer in range(config.layers):
        for short, long in _PARTS.items():
            square = () if short.endswith("ln") else (config.hidden, config.hidden)
            name = f"encoder.layer.{layer}.{long}"
            state[f"{name}.weight"] = tensor(f"l{layer}.{short}.w", *wide.get(short, square))
            state[f"{name}.bias"] = tensor(f"l{layer}.{short}.b")
    return state
