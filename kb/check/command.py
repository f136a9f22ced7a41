"""The verb `check`: one line a finding, or JSON."""

import argparse
import sys
from dataclasses import asdict
from datetime import date
from typing import Any

from kb.check.finding import Finding, Report, Severity
from kb.check.run import check_library
from kb.present import to_json
from kb.settings import Settings

_WORDS = {Severity.ERROR: "fel", Severity.WARNING: "varning"}


def run_check(options: argparse.Namespace, settings: Settings) -> bool:
    """Print what is wrong with the library; return True when there are errors."""
    report = check_library(settings.library, today=settings.as_of or date.today())
    text = to_json(report_json(report)) if options.json else report_text(report)
    sys.stdout.write(text + "\n")
    return report.count(Severity.ERROR) > 0


def report_json(report: Report) -> dict[str, Any]:
    """Return a report as a JSON object: counts, then the findings."""
    return {
        "documents": report.documents,
        "errors": report.count(Severity.ERROR),
        "warnings": report.count(Severity.WARNING),
        "findings": [asdict(finding) for finding in report.findings],
    }


def report_text(report: Report) -> str:
    """Return a report for a terminal: a line a finding, and a line that sums up."""
    return "\n".join((*map(finding_line, report.findings), report.summary))


def finding_line(finding: Finding) -> str:
    """Return one line: file, line, how bad, what, and what to write instead."""
    said = " ".join(filter(None, (finding.what, finding.remedy)))
    return f"{finding.file}:{finding.line}: {_WORDS[finding.severity]}: {said}"
