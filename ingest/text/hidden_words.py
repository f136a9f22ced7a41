"""Tell a reviewer of words that a page hides and that were left out."""

from collections.abc import Sequence

from ingest.text.planted import is_told_to_machine, shorten


def warn_of_hidden(hidden: Sequence[str]) -> tuple[str, ...]:
    """Return a Swedish warning of hidden text that was left out, if there was any."""
    if not hidden:
        return ()
    told = any(map(is_told_to_machine, hidden))
    return (
        f"{len(hidden)} dolda stycken (syns inte på sidan) togs inte med: "
        f"”{shorten(' … '.join(hidden))}”."
        + (" Det liknar en instruktion till ett AI-system." if told else ""),
    )
