"""Read the years that a question names: as such, as a plan's, or counted from the day."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from kb.answer.wording import any_of, pattern, questions

_YEAR = re.compile(r"(?<![\d:/-])20[0-4]\d(?![:/-]?\d)")  # not in 2024/1689, 2018:218, STK-2024-629
_RANGE = re.compile(r"\b20\d\d\s*[–-]\s*(?:20)?\d\d\b")
_SINCE = re.compile(r"\b(?:se(?:da)?n|since)\s+20\d\d\b(?!\s+års)", re.IGNORECASE)
_DATE = re.compile(
    r"\b20\d\d-\d\d-\d\d\b"
    r"|\b(?:\d{1,2}\s+)?(?:jan|feb|mar|apr|maj|may|jun|jul|aug|sep|okt|oct|nov|dec|vår|höst"
    r"|somma|vint)[a-zåäö]*\.?\s+20\d\d\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Today:
    """The day a question is asked on, and the year of the plan in force then, if there is one."""

    day: date
    plan: int | None = None


@dataclass(frozen=True, slots=True)
class _Relative:
    """A way to name a year by another: `says` is replaced by the year, written as `write`."""

    says: re.Pattern[str]
    counted_from: str
    offset: int
    write: str


def plan_years(text: str) -> tuple[int, ...]:
    """Return the years a question names as such: not in dates, ranges or numbers of laws."""
    plain = _SINCE.sub(" ", _RANGE.sub(" ", _DATE.sub(" ", text)))
    return tuple(sorted({int(year) for year in _YEAR.findall(plain)}))


def names_plan(text: str, year: int) -> bool:
    """Say whether a year is named as that of a plan: `2024 års plan`, `planen för 2027`."""
    plan = r"(\w*plan(en|erna|s|ens)?|(tjänste)?skrivelsen?|ärendet?)"
    return bool(
        re.search(
            rf"\b{year} års (\w+ )?{plan}\b|\b{plan} (för |om |år |of |for )?{year}\b", text, re.I
        )
        or re.search(rf"\b{year}[ -](development |digital )*(plan|memo|ärendet)\b", text, re.I)
    )


def speaks_of_plans(text: str) -> bool:
    """Say whether a text speaks of what there is one of each year: plans, memos, budgets."""
    return bool(pattern("yearly").search(text))


def state_years(text: str, today: Today, *, about: str = "") -> str:
    """Write out the years that a question about yearly plans counts from the day or the plan.

    "förra årets plan" becomes "2025 års plan" in 2026. `about` is what was said before; where
    neither speaks of plans, nothing is written out.
    """
    if not (speaks_of_plans(f"{about} {text}") or plan_years(about)):
        return text
    plan = today.plan or today.day.year
    named = plan_years(text) or plan_years(about)
    base = {"day": today.day.year, "plan": plan, "named": named[0] if named else plan}
    for relative in _relatives():
        year = base[relative.counted_from] + relative.offset
        text = relative.says.sub(relative.write.format(year=year), text)
    return text


def replace_years(text: str, years: Sequence[int]) -> str:
    """Put years in the place of those a text names, or at its end where it names none."""
    said = " och ".join(map(str, years))
    found = list(_YEAR.finditer(text))
    if not found:
        return f"{text.rstrip(' ?.!')} {said}?"
    first = found[0]
    after = re.sub(
        r"(?:\b(och|and|eller|or|respektive)\s+)?" + _YEAR.pattern, "", text[first.end() :]
    )
    return re.sub(r"\s+(?=[\s?.!,])", "", text[: first.start()] + said + after)


@cache
def _relatives() -> tuple[_Relative, ...]:
    entries: Sequence[Mapping[str, str | int]] = questions()["relative_years"]
    return tuple(
        _Relative(
            any_of([str(one["says"])]), str(one["from"]), int(one["offset"]), str(one["write"])
        )
        for one in entries
    )
