import pytest

from ingest.document import Basis, Norm
from ingest.library.heading import read_heading, with_anchor


def test_a_heading_gives_text_anchor_norm_and_basis() -> None:
    heading = read_heading('## **Fråga** först {#fraga norm="FÅR OM" basis="råd"}')
    assert (heading.text, heading.anchor) == ("Fråga först", "fraga")
    assert (heading.norm, heading.basis) == (Norm.MAY_IF, Basis.ADVICE)


@pytest.mark.parametrize("inside", ["norm=BÖR basis=lag", "norm='BÖR' basis='lag'"])
def test_a_word_needs_no_quotes_and_any_quotes_do(inside: str) -> None:
    heading = read_heading(f"## Regel {{#a {inside}}}")
    assert (heading.norm, heading.basis) == (Norm.SHOULD, Basis.LAW)


def test_what_is_not_of_the_closed_set_is_kept_as_written_but_is_no_norm() -> None:
    heading = read_heading('## Regel {#a norm="KAN" basis="praxis"}')
    assert (heading.norm, heading.basis) == (None, None)
    assert heading.attributes == {"norm": "KAN", "basis": "praxis"}


def test_a_plain_heading_has_neither_anchor_nor_attributes() -> None:
    heading = read_heading("### Bakgrund ###")
    assert (heading.text, heading.anchor, dict(heading.attributes)) == ("Bakgrund", None, {})


def test_an_anchor_is_written_beside_the_other_attributes() -> None:
    line = with_anchor('## Regel {#a norm="FÅR INTE" basis=lag}', "b")
    assert line == '## Regel {#b norm="FÅR INTE" basis=lag}'
    assert read_heading(with_anchor("## Regel", "b")).anchor == "b"
