from dataclasses import replace

from ingest.document import Basis, Norm
from kb.index.stored import passage_as_json, passage_from_json
from tests.kb.made import passage


def test_a_rule_keeps_its_norm_and_basis_in_the_manifest() -> None:
    rule = passage('## Regel {#a norm="FÅR OM" basis="beslut"}\n\nDu får om nämnden beslutat.')
    kept = passage_from_json(passage_as_json(rule))
    assert (kept.norm, kept.basis) == (Norm.MAY_IF, Basis.DECISION)
    assert kept == rule != replace(rule, basis=None)
