from dataclasses import replace

from kb.answer.support import FEATURES, features, load_model, weigh_support
from kb.answer.understand import understand
from tests.kb.made import choice, passage

RULE = passage("## Regel\n\nArtikel 9 gäller känsliga uppgifter.")


def probability(*, score: float = 0.1, lead: float = 0.1, coverage: float = 0.1) -> float:
    found = replace(choice(RULE), score=score, lead=lead, coverage=coverage)
    return weigh_support(understand("Vad gäller?"), found, words=5).probability


def test_every_signal_has_a_weight() -> None:
    assert set(load_model()["weights"]) == set(FEATURES)
    assert tuple(features(understand("Vad gäller?"), choice(RULE), words=5)) == FEATURES


def test_more_of_a_signal_never_makes_an_answer_less_likely() -> None:
    less = probability()
    assert less < probability(score=0.2)
    assert less < probability(lead=0.2)
    assert less < probability(coverage=0.2)


def test_a_missing_value_of_the_asked_kind_counts_against() -> None:
    asked = understand("Hur mycket kostar det?")
    found = choice(RULE)
    with_value = weigh_support(asked, found, words=5).probability
    assert weigh_support(asked, replace(found, typed=False), words=5).probability < with_value


def test_an_article_that_the_passage_does_not_name_is_no_support() -> None:
    found = replace(choice(RULE), score=2.0, lead=0.3)
    assert weigh_support(understand("Vad säger artikel 9?"), found, words=9).enough
    assert not weigh_support(understand("Vad säger artikel 12?"), found, words=9).enough
