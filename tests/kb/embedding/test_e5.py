"""The default model as LlamaIndex sees it."""

import asyncio
import copy
import pickle
from pathlib import Path

import numpy as np
import pytest
from llama_index.core import Document
from llama_index.core.ingestion import IngestionPipeline

from kb.embedding.e5 import MultilingualE5
from kb.embedding.e5_encoder import E5, NAME

TEXTS = ["Nämnden beslutar om budgeten.", "Kaffe serveras klockan nio."]


@pytest.fixture(scope="module")
def model(models: Path, e5: E5) -> MultilingualE5:
    return MultilingualE5(folder=models / NAME)


def test_both_kinds_of_text_have_the_encoder_s_vectors(model: MultilingualE5, e5: E5) -> None:
    np.testing.assert_array_equal(model.get_query_embedding("Var?"), e5.embed_query("Var?"))
    rows = model.get_text_embedding_batch(TEXTS)
    np.testing.assert_array_equal(rows, e5.embed_passages(TEXTS))
    assert model.get_text_embedding(TEXTS[0]) == rows[0]


def test_asynchronous_calls_give_the_same_vectors(model: MultilingualE5) -> None:
    async def ask() -> tuple[list[float], list[float], list[list[float]]]:
        return (
            await model.aget_query_embedding("Var?"),
            await model.aget_text_embedding(TEXTS[0]),
            await model.aget_text_embedding_batch(TEXTS),
        )

    query, text, batch = asyncio.run(ask())
    assert query == model.get_query_embedding("Var?")
    assert batch == model.get_text_embedding_batch(TEXTS)
    assert text == batch[0]


def test_asynchronous_calls_leave_the_loop_free(model: MultilingualE5) -> None:
    async def count() -> int:
        ticks = 0
        work = asyncio.create_task(model.aget_text_embedding_batch(TEXTS * 10))
        while not work.done():
            await asyncio.sleep(0)
            ticks += 1
        return ticks

    assert asyncio.run(count()) > 10


def test_the_project_s_own_methods_are_there(model: MultilingualE5, e5: E5) -> None:
    assert (model.identity, model.dimensions) == (e5.identity, e5.dimensions)
    np.testing.assert_array_equal(model.embed_query("Var?"), e5.embed_query("Var?"))
    np.testing.assert_array_equal(model.embed_questions(TEXTS), e5.embed_questions(TEXTS))
    np.testing.assert_array_equal(model.embed_passages(TEXTS), e5.embed_passages(TEXTS))
    whole, rows = model.embed_passage_spans(TEXTS[0], [(0, 7)])
    ((bulk_whole, bulk_rows),) = model.embed_passages_with_spans([(TEXTS[0], [(0, 7)])])
    np.testing.assert_array_equal(bulk_whole, whole)
    np.testing.assert_array_equal(bulk_rows, rows)


def test_an_ingestion_pipeline_runs_with_it(model: MultilingualE5) -> None:
    pipeline = IngestionPipeline(transformations=[model], disable_cache=False)
    nodes = pipeline.run(documents=[Document(text=text) for text in TEXTS])
    assert [node.embedding for node in nodes] == model.get_text_embedding_batch(TEXTS)


@pytest.mark.parametrize("duplicate", [copy.deepcopy, lambda m: pickle.loads(pickle.dumps(m))])
def test_a_copy_opens_the_same_model(duplicate: object, model: MultilingualE5) -> None:
    assert callable(duplicate)
    twin = duplicate(model)
    assert twin.identity == model.identity
    assert twin.get_query_embedding("Var?") == model.get_query_embedding("Var?")
