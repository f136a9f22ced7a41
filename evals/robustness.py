"""The robustness suite: the questions of other suites, spelt the way hurried people spell."""

import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256

from evals.cases import Case
from evals.results import Result
from evals.suites import Suite

NAME = "robustness"
MARK = "~"  # between the id of a case and the name of its spelling
_ROWS = ("qwertyuiopå", "asdfghjklöä", "zxcvbnm")
_LONG = re.compile(r"[a-zåäöA-ZÅÄÖ]{6,}")
_DAMAGED = 2  # words of a question, at most
_WITHOUT_DOTS = str.maketrans("åäöÅÄÖ", "aaoAAO")

Split = Callable[[str], Sequence[str]]
"""Returns the parts of a lower-case compound, the word itself if it is simple."""
Spelling = Callable[[str, random.Random, Split], str]
"""Returns a question spelt another way, or as it was where the way does not apply."""


def neighbour_key(text: str, chance: random.Random, split: Split) -> str:
    """Hit the key beside the right one, in up to two long words."""
    del split
    return _damage(text, chance, lambda letter: chance.choice(_NEIGHBOURS.get(letter, letter)))


def dropped_letter(text: str, chance: random.Random, split: Split) -> str:
    """Leave a letter out of up to two long words."""
    del split
    return _damage(text, chance, lambda _: "")


def without_dots(text: str, chance: random.Random, split: Split) -> str:
    """Write å, ä and ö without their dots and rings."""
    del chance, split
    return text.translate(_WITHOUT_DOTS)


def split_compounds(text: str, chance: random.Random, split: Split) -> str:
    """Write compounds as separate words: särskrivning."""
    del chance

    def part(match: re.Match[str]) -> str:
        parts = split(match[0].lower())
        if len(parts) < 2 or "".join(parts) != match[0].lower():
            return match[0]
        at = len(parts[0])
        return f"{match[0][:at]} {match[0][at:]}"

    return _LONG.sub(part, text)


def upper_case(text: str, chance: random.Random, split: Split) -> str:
    """Shout."""
    del chance, split
    return text.upper()


def unmarked(text: str, chance: random.Random, split: Split) -> str:
    """Leave the question mark out."""
    del chance, split
    return text.rstrip("?!. ")


SPELLINGS: dict[str, Spelling] = {
    "granntangent": neighbour_key,
    "tappad-bokstav": dropped_letter,
    "utan-prickar": without_dots,
    "särskrivning": split_compounds,
    "versaler": upper_case,
    "utan-frågetecken": unmarked,
}


def make_suite(sources: Sequence[Suite], *, seed: int, each: int, split: Split) -> Suite:
    """Return the robustness suite over the cases of other suites; the same for the same seed.

    Of every question `each` spellings that change it are drawn. A spelling is never critical and
    stands in no group; it demands what its case demands.
    """
    cases = [
        variant
        for suite in sources
        for case in suite.cases
        for variant in _variants(case, seed=seed, each=each, split=split)
    ]
    digest = sha256("\0".join(case.digest for case in cases).encode()).hexdigest()
    return Suite(NAME, tuple(cases), f"sha256:{digest}")


@dataclass(frozen=True, slots=True)
class Flip:
    """A case and one spelling of it, both judged; `loss` is 1 when only the spelling is wrong."""

    case: str
    spelling: str
    loss: float


def flips(results: Sequence[Result]) -> tuple[Flip, ...]:
    """Pair every spelling with its case as it was written, where both were run."""
    written = {
        r.id: r.metrics["right"] for r in results if r.suite != NAME and "right" in r.metrics
    }
    found = []
    for result in results:
        case, mark, spelling = result.id.partition(MARK)
        before, now = written.get(case), result.metrics.get("right")
        if result.suite == NAME and mark and before is not None and now is not None:
            found.append(Flip(case, spelling, before - now))
    return tuple(found)


def _variants(case: Case, *, seed: int, each: int, split: Split) -> Iterator[Case]:
    changed = {}
    for name, spell in SPELLINGS.items():
        chance = random.Random(f"{seed}\0{case.id}\0{name}")  # noqa: S311  # repeatable, no secret
        question = spell(case.question, chance, split)
        if question != case.question:
            changed[name] = question
    chance = random.Random(f"{seed}\0{case.id}")  # noqa: S311
    for name in sorted(chance.sample(sorted(changed), min(each, len(changed)))):
        yield replace(
            case, id=f"{case.id}{MARK}{name}", question=changed[name], group="", critical=False
        )


def _damage(text: str, chance: random.Random, change: Callable[[str], str]) -> str:
    """Change one inner letter of up to two long words."""
    words = list(_LONG.finditer(text))
    for match in sorted(chance.sample(words, min(_DAMAGED, len(words))), key=lambda m: -m.start()):
        at = chance.randrange(match.start() + 1, match.end() - 1)
        text = text[:at] + change(text[at].lower()) + text[at + 1 :]
    return text


def _neighbours() -> dict[str, str]:
    """Return the keys beside each letter of a Swedish keyboard."""
    beside: dict[str, str] = {}
    for row in _ROWS:
        for at, letter in enumerate(row):
            beside[letter] = row[max(0, at - 1) : at] + row[at + 1 : at + 2]
    return beside


_NEIGHBOURS = _neighbours()
