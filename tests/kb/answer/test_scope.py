import numpy as np
import pytest

from kb.answer.scope import Scope, read_scope
from kb.embedding.e5_encoder import E5
from kb.language.swedish import Analyser, open_analyser

FAR = 0.0  # a cosine with the library that says nothing


@pytest.fixture(scope="module")
def analyser(tmp_path_factory: pytest.TempPathFactory) -> Analyser:
    return open_analyser(tmp_path_factory.getbasetemp() / "lexicon")


@pytest.fixture(scope="module")
def scope(e5: E5, analyser: Analyser) -> Scope:
    return read_scope(lambda texts: np.stack([e5.embed_query(text) for text in texts]), analyser)


@pytest.mark.parametrize(
    ("question", "inside"),
    [
        ("Hur gräddar man pannkakor?", False),
        ("Hur gräddar man pannkakor med AI-stöd?", True),  # a word of the field in a compound
        ("Vilken buss går till sjukhuset?", False),
        ("Write a poem about the ocean", False),
        ("Who is to keep personal data safe?", True),
    ],
)
def test_only_what_is_surely_outside_is(
    scope: Scope, e5: E5, analyser: Analyser, question: str, inside: bool
) -> None:
    vector = e5.embed_query(question)
    tokens = analyser.tokens(question)
    assert scope.contains(vector, tokens, nearest_passage=FAR) is inside


def test_what_lies_near_the_library_is_inside(scope: Scope, e5: E5, analyser: Analyser) -> None:
    question = "Hur gräddar man pannkakor?"
    vector = e5.embed_query(question)
    assert scope.contains(vector, analyser.tokens(question), nearest_passage=1.0)
