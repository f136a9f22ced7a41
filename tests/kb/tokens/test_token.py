"""The text of a token: what can be one, and what is kept of it."""

import re

import pytest

from kb.tokens.token import make_token, read_token


def test_a_token_is_found_by_its_prefix_and_holds_256_random_bits() -> None:
    assert re.fullmatch(r"vgv_[0-9a-f]{12}_[A-Za-z0-9_-]{43}", make_token())


def test_two_tokens_are_never_alike() -> None:
    assert len({make_token() for _ in range(100)}) == 100


def test_what_is_kept_is_no_part_of_the_secret() -> None:
    text = make_token()
    parts = read_token(text)
    assert parts is not None
    assert parts.id == text.split("_")[1]
    assert text.split("_", 2)[2] not in parts.digest


@pytest.mark.parametrize(
    "change", ["{}x", " {}", "{}\n", "Bearer {}", "VGV{}", "{}\x00", "", "vgv_"]
)
def test_anything_but_a_whole_token_is_none(change: str) -> None:
    assert read_token(change.format(make_token())) is None


def test_a_changed_character_is_another_token() -> None:
    text = make_token()
    other = text[:-1] + ("A" if text[-1] != "A" else "B")
    assert read_token(text) != read_token(other)
