"""Write a small library and say what the check finds in it."""

from datetime import date
from pathlib import Path

from kb.check.finding import Finding, Name
from kb.check.run import check_library

TODAY = date(2026, 11, 22)
HEADER = """---
id: {id}
title: Regler
status: published
edition: "1"
perspectives: [juridik]
review_by: 2027-05-01
sources: [{{title: "Dataskyddsförordningen (EU) 2016/679, artikel 28"}}]
{more}---
"""
RULE = "Du får använda öppen information. Be chefen om råd."


def write(library: Path, body: str, *, id: str = "regler", more: str = "") -> Path:
    """Write a Document that is in order but for `body` and the further header lines `more`."""
    path = library / f"{id}.md"
    path.write_text(f"{HEADER.format(id=id, more=more)}\n{body}\n", encoding="utf-8")
    return path


def asked(*anchors: str, times: int = 3) -> str:
    """Return header lines with questions for sections."""
    lines = [f"  {a}: {[f'{a} {n}?' for n in range(times)]}" for a in anchors]
    return "\n".join(["questions:", *lines, ""])


def found(library: Path, check: Name, *, today: date = TODAY) -> tuple[Finding, ...]:
    """Return what one check finds in a library."""
    report = check_library(library, today=today)
    return tuple(finding for finding in report.findings if finding.check is check)
