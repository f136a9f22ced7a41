"""List markers: bullets, numbers, letters, and what only looks like one."""

from ingest.text.markers import is_wrapped_marker, item_marker


def test_markers_of_items() -> None:
    assert item_marker("• punkt") == ("-", "punkt")
    assert item_marker("12. punkt") == ("12.", "punkt")
    assert item_marker("a) punkt") == ("-", "a) punkt")
    assert item_marker("2021 var ett år") is None


def test_a_number_that_a_full_line_runs_into_is_no_item() -> None:
    before = "Planen ska beslutas enligt riktlinjerna och vad som sägs i kapitel"
    assert is_wrapped_marker(before, "7. om ansvar", 66)
    assert not is_wrapped_marker("Det här ingår:", "7. om ansvar", 66)
    assert not is_wrapped_marker(before, "• ansvar", 66)
