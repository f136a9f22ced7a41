from itertools import product
from typing import get_args

from ingest.document import Basis, Norm
from kb.records import Language
from kb.rules import basis_meaning, rule_label


def test_a_rule_is_named_by_strength_and_basis() -> None:
    assert rule_label(Norm.MUST_NOT, Basis.LAW) == "FÅR INTE · följer av lag"
    assert rule_label(Norm.SHOULD, Basis.ADVICE, "en") == "SHOULD · advice"


def test_a_rule_without_basis_is_named_by_its_norm() -> None:
    assert rule_label(Norm.MUST, None) == "MÅSTE"


def test_what_is_no_rule_has_no_name() -> None:
    assert rule_label(None, Basis.LAW) == ""
    assert basis_meaning(None) == ""


def test_every_norm_and_basis_has_words_in_every_language() -> None:
    for norm, basis, language in product(Norm, Basis, get_args(Language)):
        assert rule_label(norm, basis, language)
        assert basis_meaning(basis, language).endswith(".")
