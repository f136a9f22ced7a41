"""Tell of every file how it was read: a Markdown table, and the place in a document it goes to."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from evals.reader_parts.matching import Matched
from evals.reader_parts.one_file import Reading

_COLUMNS = (
    *("file", "outcome", "pages", "tags", "bookmarks", "known text", "by type alone", "precise"),
    *("kept", "error", "s", "CPU s", "MiB"),
)
_LONGEST_REASON = 90  # characters


def files_table(readings: Sequence[Reading]) -> str:
    """Return a row a file: outcome, pages, headings, words, seconds, memory."""
    lines = [_line(_COLUMNS), _line(["---"] * len(_COLUMNS))]
    return "\n".join([*lines, *(_line(_cells(one)) for one in readings)])


def put_into(path: Path, tables: Mapping[str, str]) -> None:
    """Put each table between `<!-- NAME -->` and `<!-- /NAME -->` of a Markdown file.

    Raises:
        ValueError: the file lacks a pair of marks.
    """
    text = path.read_text(encoding="utf-8")
    for name, table in tables.items():
        start, end = f"<!-- {name} -->\n", f"<!-- /{name} -->"
        before, opened, rest = text.partition(start)
        _, closed, after = rest.partition(end)
        if not (opened and closed):
            raise ValueError(f"{path}: no <!-- {name} --> and <!-- /{name} -->")
        text = f"{before}{start}{table}\n{end}{after}"
    path.write_text(text, encoding="utf-8")


def _cells(reading: Reading) -> list[str]:
    headings = reading.headings or {}
    blind = next(
        (
            headings[key]
            for key in ("original/type", "tags/type", "outline/type")
            if key in headings
        ),
        None,
    )
    return [
        reading.name,
        _outcome(reading),
        str(reading.pages or ""),
        *(_ratio(headings.get(key)) for key in ("tags", "outline", "original")),
        _ratio(blind),
        _ratio(reading.precise),
        "" if reading.kept is None else f"{reading.kept:.1%}",
        "" if reading.error is None else f"{reading.error:.2%}",
        f"{reading.seconds:.1f}",
        f"{reading.cpu:.1f}",
        str(reading.peak),
    ]


def _outcome(reading: Reading) -> str:
    if reading.outcome == "read":
        return "read by OCR" if reading.scanned else "read"
    reason = reading.outcome.replace("|", "/").split(". ")[0].rstrip(".")
    return reason if len(reason) <= _LONGEST_REASON else f"{reason[:_LONGEST_REASON]} …"


def _ratio(matched: Matched | None) -> str:
    return f"{matched.found}/{matched.wanted}" if matched is not None and matched.wanted else ""


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
