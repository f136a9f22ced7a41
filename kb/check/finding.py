"""What a check finds: an error or a warning on a line of a file, and what to write instead."""

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How bad a finding is; an error keeps the library from passing."""

    ERROR = "error"
    WARNING = "warning"


class Name(StrEnum):
    """Every check there is."""

    FRONT_MATTER = "front-matter"
    REVIEW = "review"
    ANCHOR = "anchor"
    REFERENCE = "reference"
    RULE = "rule"
    LAW = "law"
    LENGTH = "length"
    QUESTIONS = "questions"
    READABILITY = "readability"
    DUPLICATE = "duplicate"
    TABLE = "table"
    PERSONAL_DATA = "personal-data"


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault: `file` is relative to the library, `line` counts from 1 in the file."""

    file: str
    line: int
    severity: Severity
    check: Name
    what: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Report:
    """What a check of a library found, in order of file and line."""

    documents: int
    findings: tuple[Finding, ...]

    def count(self, severity: Severity) -> int:
        """Return how many findings there are of a severity."""
        return sum(finding.severity is severity for finding in self.findings)

    @property
    def summary(self) -> str:
        """Return one line: how many Documents, errors and warnings there are."""
        warnings = self.count(Severity.WARNING)
        return (
            f"{self.documents} dokument, {self.count(Severity.ERROR)} fel, "
            f"{warnings} {'varning' if warnings == 1 else 'varningar'}"
        )
