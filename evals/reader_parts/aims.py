"""Hold what was measured of the readers against what is aimed at: a Markdown table."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from evals.reader_parts.matching import Matched
from evals.reader_parts.one_file import Reading

_MOST_SECONDS = 60.0
_MOST_MEMORY = 1024  # MiB
# What the outer edge of the child says of an exception that no reader expected, and of a child
# that died without an answer.
_UNEXPECTED = re.compile(r"CRASHED|gick inte att läsa \(|Läsningen av filen avbröts")


@dataclass(frozen=True, slots=True)
class Aim:
    """One aim: what it asks, what was found, whether it is met; None where nothing is asked."""

    what: str
    found: str
    met: bool | None = None


def aims_table(readings: Sequence[Reading]) -> str:
    """Return the aims, what was found, and whether each is met, as a Markdown table."""
    lines = ["| aim | found | met |", "|---|---|---|"]
    for aim in [*_headings(readings), *_words(readings), *_endings(readings)]:
        met = "" if aim.met is None else "yes" if aim.met else "**no**"
        lines.append(f"| {aim.what} | {aim.found} | {met} |")
    return "\n".join(lines)


def is_crash(reading: Reading) -> bool:
    """Return whether a reading ended in what no reader expected."""
    return _UNEXPECTED.search(reading.outcome) is not None


def _headings(readings: Sequence[Reading]) -> list[Aim]:
    read = [one for one in readings if one.headings]
    tagged = [one for one in read if _of(one, "tags")]
    plain = [one for one in read if one.is_pdf and not _of(one, "tags")]
    best = [_of(one, "original") or _of(one, "outline") for one in plain]
    blind = [_of(one, "original/type") or _of(one, "tags/type") for one in read]
    surplus = [
        _of(one, "original/type precision") or _of(one, "tags/type precision") for one in read
    ]
    return [
        _share("heading recall, tagged PDF ≥ 97 %", [_of(one, "tags") for one in tagged], 0.97),
        _share(
            "heading recall, untagged PDF, against its bookmarks or known text ≥ 85 %", best, 0.85
        ),
        _share("heading recall by type alone (tags and bookmarks hidden) ≥ 85 %", blind, 0.85),
        _share(
            "… DOCX and HTML, against the known text ≥ 97 %",
            [_of(one, "original") for one in read if not one.is_pdf],
            0.97,
        ),
        _share("heading precision, tagged PDF", [one.precise for one in tagged]),
        _share("heading precision by type alone", surplus),
    ]


def _words(readings: Sequence[Reading]) -> list[Aim]:
    errors = [(one.name, one.error) for one in readings if one.error is not None]
    groups: dict[str, tuple[float, Callable[[str], bool]]] = {
        "the seeds' renderings": (0.005, lambda name: not re.search("columns|scanned", name)),
        "… in two columns": (0.02, lambda name: "columns" in name),
        "… scanned": (0.03, lambda name: "scanned" in name),
    }
    aims = []
    for what, (bar, belongs) in groups.items():
        found = [error for name, error in errors if belongs(name)]
        if found:
            told = f"worst of {len(found)}: {max(found):.2%}"
            aims.append(Aim(f"word error, {what} ≤ {bar:.1%}", told, max(found) <= bar))
    return aims


def _endings(readings: Sequence[Reading]) -> list[Aim]:
    crashes = [one.name for one in readings if is_crash(one)]
    slow = max(readings, key=lambda one: one.seconds)
    large = max(readings, key=lambda one: one.peak)
    cpu = max(readings, key=lambda one: one.cpu)
    hostile = [one for one in readings if one.name.startswith("hostile")]
    refused = [one for one in hostile if one.outcome.startswith("refused: ")]
    told = f"{len(hostile)}: {len(hostile) - len(refused)} read, {len(refused)} refused"
    return [
        Aim("no file crashes a reader", ", ".join(crashes) or f"0 of {len(readings)}", not crashes),
        Aim(
            f"no file over {_MOST_SECONDS:.0f} s of CPU",
            f"{cpu.cpu} s ({cpu.name}); by the clock, whatever else ran, {slow.seconds} s "
            f"({slow.name})",
            cpu.cpu <= _MOST_SECONDS,
        ),
        Aim("no file over 1 GiB", f"{large.peak} MiB ({large.name})", large.peak <= _MOST_MEMORY),
        Aim(
            "every hostile file read or refused with a reason",
            told,
            not any(is_crash(one) for one in hostile),
        ),
    ]


def _share(what: str, counted: Iterable[Matched | None], bar: float | None = None) -> Aim:
    there = [one for one in counted if one is not None and one.wanted]
    wanted, found = sum(one.wanted for one in there), sum(one.found for one in there)
    share = found / wanted if wanted else 0.0
    told = f"{found} of {wanted} in {len(there)} files: {share:.1%}"
    return Aim(what, told, None if bar is None else bool(wanted) and share >= bar)


def _of(reading: Reading, key: str) -> Matched | None:
    return (reading.headings or {}).get(key)
