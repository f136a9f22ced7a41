"""The reply of the child: whole or refused, never trusted."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.document import Block, BlockKind, Kind
from ingest.errors import RefusedFileError
from ingest.files.convert import Conversion
from ingest.files.wire import decode_reply, encode_conversion, encode_refusal
from ingest.metadata.proposals import Proposal
from ingest.metadata.propose import Metadata

_PAGES = st.none() | st.integers(1, 999)
_BLOCKS = st.builds(Block, st.sampled_from(BlockKind), st.text(), st.integers(0, 6), _PAGES, _PAGES)
_PROPOSALS = st.builds(Proposal, st.text(), st.text(), st.text(), st.text(), _PAGES)
_METADATA = st.builds(
    Metadata,
    st.none() | st.text(),
    st.none() | st.sampled_from(Kind),
    st.none() | st.integers(1900, 2099),
    dated=st.none() | st.dates(),
    decisions=st.lists(st.text(), max_size=2).map(tuple),
    dates=st.lists(st.dates(min_value=date(1900, 1, 1)), max_size=2).map(tuple),
    proposals=st.lists(_PROPOSALS, max_size=2).map(tuple),
)
_CONVERSIONS = st.builds(
    Conversion,
    st.lists(_BLOCKS, max_size=3).map(tuple),
    _METADATA,
    st.lists(st.text(), max_size=2).map(tuple),
    _PAGES,
)


@given(_CONVERSIONS)
def test_a_conversion_survives_the_wire(conversion: Conversion) -> None:
    assert decode_reply(encode_conversion(conversion)) == conversion


def test_a_refusal_is_raised_with_its_words() -> None:
    with pytest.raises(RefusedFileError, match="för stor"):
        decode_reply(encode_refusal("Filen är för stor."))


@pytest.mark.parametrize("reply", [b"", b"{}", b"[1]", b'{"conversion": {"blocks": 1}}', b"\xff"])
def test_a_broken_reply_is_a_refusal(reply: bytes) -> None:
    with pytest.raises(RefusedFileError, match="avbröts"):
        decode_reply(reply)
