"""Write the figures as Markdown tables."""

from collections.abc import Iterable, Sequence

from evals.statistics import percentile


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a Markdown table; every column but the first is right-aligned."""
    lines = [head, ("---", *("---:" for _ in head[1:])), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def both(values: Sequence[float], *, digits: int = 2) -> str:
    """Return the median and the 95th percentile; a dash where nothing was measured."""
    if not values:
        return "–"
    return " / ".join(f"{percentile(values, share):.{digits}f}" for share in (50, 95))
