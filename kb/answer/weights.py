"""The weights and margins of the choice, from a file anyone can read and diff."""

from functools import cache

from pydantic import BaseModel, ConfigDict

from ingest.shipped_data import read_yaml


class PassageWeights(BaseModel):
    """What a passage's score is made of."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    dense: float
    questions: float
    first: float
    lexical: float
    coverage: float
    sentence: float
    known: float
    typed: float


class SentenceWeights(BaseModel):
    """What a unit's score is made of."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    meaning: float
    coverage: float
    typed: float
    first: float


class Weights(BaseModel):
    """The weights and margins of the choice; `data/weights.yaml` says what each one means."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    passage: PassageWeights
    sentence: SentenceWeights
    whole_units: int
    whole_characters: int
    keep: float
    most_units: int
    close_passage: float
    added_units: int
    added_margin: float
    same_words: float
    older_leads: float
    older_edition: float


@cache
def load_weights() -> Weights:
    """Return the weights of the choice, from `data/weights.yaml`."""
    return Weights.model_validate(read_yaml("kb", "weights.yaml"))
