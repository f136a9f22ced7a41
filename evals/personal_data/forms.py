"""The ways a Swedish personal number is written: thirteen that were measured, and harder ones.

Every number is one of Skatteverket's test numbers, which are given to nobody. Numbers made up to
be valid may be somebody's.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Number:
    """A personal or co-ordination number; `digits` are all twelve."""

    digits: str

    @property
    def short(self) -> str:
        """Return the six digits of the date."""
        return self.digits[2:8]

    @property
    def long(self) -> str:
        """Return the eight digits of the date."""
        return self.digits[:8]

    @property
    def last(self) -> str:
        """Return the last four digits."""
        return self.digits[8:]

    @property
    def is_old(self) -> bool:
        """Say whether its bearer would be a hundred years old: then a plus is written."""
        return self.digits < "1926"


NUMBERS = tuple(
    map(
        Number,
        (
            *("199001012385", "200002292399", "201701012393", "202402292383"),
            *("190001019801", "189001019802"),
        ),
    )
)
COORDINATION = (Number("202201612393"), Number("191401682396"))

Form = Callable[[Number], str]

_WIDE = str.maketrans("0123456789-", "０１２３４５６７８９\uff0d")
_ARABIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")

FORMS: Mapping[str, Form] = {
    "bindestreck-10": lambda n: f"{n.short}-{n.last}",
    "bindestreck-12": lambda n: f"{n.long}-{n.last}",
    "ihop-10": lambda n: n.short + n.last,
    "ihop-12": lambda n: n.digits,
    "plus": lambda n: f"{n.short}+{n.last}",
    "blanksteg": lambda n: f"{n.long} {n.last}",
    "luftigt-bindestreck": lambda n: f"{n.short} - {n.last}",
    "tankstreck": lambda n: f"{n.short}\u2013{n.last}",
    "hårt-bindestreck": lambda n: f"{n.long}\u2011{n.last}",
    "minustecken": lambda n: f"{n.short}\u2212{n.last}",
    "datum": lambda n: f"{n.long[:4]}-{n.long[4:6]}-{n.long[6:]}-{n.last}",
    "understreck": lambda n: f"{n.long}_{n.last}",
    "radbrytning": lambda n: f"{n.long}-\n{n.last}",
}
"""The thirteen forms that detectors were compared on."""

HARDER: Mapping[str, Form] = {
    "punkter": lambda n: f"{n.short[:2]}.{n.short[2:4]}.{n.short[4:]}-{n.last}",
    "snedstreck": lambda n: f"{n.long[:4]}/{n.long[4:6]}/{n.long[6:]}-{n.last}",
    "två-bindestreck": lambda n: f"{n.short}--{n.last}",
    "radbrytning-utan-streck": lambda n: f"{n.long}\n{n.last}",
    "tabb": lambda n: f"{n.long}\t{n.last}",
    "kolon": lambda n: f"{n.short}:{n.last}",
    "parentes": lambda n: f"({n.short}) {n.last}",
    "fetstil": lambda n: f"**{n.short}**-{n.last}",
    "entitet": lambda n: f"{n.short}&#45;{n.last}",
    "par": lambda n: " ".join(n.digits[at : at + 2] for at in range(0, 12, 2)),
    "siffra-för-siffra": lambda n: " ".join(n.digits),
    "sista-fyra": lambda n: f"{n.short}, sista fyra {n.last}",
    "ihop-med-ord": lambda n: f"pnr{n.digits}",
    "adress": lambda n: f"https://example.se/akt?pnr={n.digits}&vy=1",
    "mjukt-bindestreck": lambda n: f"{n.short}\u00ad{n.last}",
    "nollbredd": lambda n: f"{n.short[:3]}\u200b{n.short[3:]}-{n.last}",
    "helbredd": lambda n: f"{n.short}-{n.last}".translate(_WIDE),
    "arabiska-siffror": lambda n: n.digits.translate(_ARABIC),
    "långt-streck": lambda n: f"{n.short} \u2014 {n.last}",
}
"""Forms beyond the thirteen: what copying, mark-up and hurry make of a number."""


def bearers(form: str) -> tuple[Number, ...]:
    """Return the numbers that may be written in a form: a plus belongs to the very old."""
    everyone = (*NUMBERS, *COORDINATION)
    return tuple(n for n in everyone if n.is_old) if form == "plus" else everyone


def written(forms: Mapping[str, Form]) -> Iterator[tuple[str, Number, str]]:
    """Yield every number in every form: the form's name, the number, what is written."""
    for name, write in forms.items():
        for number in bearers(name):
            yield name, number, write(number)
