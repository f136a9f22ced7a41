"""Numbers that look like personal numbers and are none, made at random from a seed.

They are not chosen to pass: about one in ten of those with a possible date has the right check
digit by chance, and that share is the false alarm rate.
"""

import random
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta

Lookalike = Callable[[random.Random], str]

_FIRST, _LAST = date(1999, 1, 1), date(2026, 11, 22)
_SFS = (1949, 1962, 1974, 1982, 1986, 1998, 2009, 2017, 2018, 2019, 2021, 2025)


def _day(chance: random.Random) -> date:
    return _FIRST + timedelta(days=chance.randrange((_LAST - _FIRST).days))


def _clock(chance: random.Random) -> tuple[int, int]:
    return chance.randrange(24), chance.randrange(60)


def _mobile(chance: random.Random) -> str:
    number = f"070174{chance.randrange(605, 700):04}"  # a series kept for fiction
    shapes = ("{0}-{1} {2} {3}", "{0} {1} {2} {3}", "{0}{1}{2}{3}", "{0}-{1}{2}{3}")
    parts = (number[:3], number[3:6], number[6:8], number[8:])
    return chance.choice(shapes).format(*parts)


def _landline(chance: random.Random) -> str:
    number = f"6280{chance.randrange(400, 500)}"  # a series kept for fiction
    return chance.choice(("040-{0} {1} {2}", "040{0}{1}{2}", "+46 40 {0} {1} {2}")).format(
        number[:3], number[3:5], number[5:]
    )


def _range(chance: random.Random) -> str:
    first, second = sorted((_day(chance), _day(chance)))
    form = chance.choice(("%Y-%m-%d", "%Y%m%d", "%y%m%d"))
    return first.strftime(form) + chance.choice(("–", " – ", "-", " - ")) + second.strftime(form)


def _stamp(chance: random.Random) -> str:
    hour, minute = _clock(chance)
    shape = chance.choice(("%Y%m%d{0:02}{1:02}", "%Y-%m-%d {0:02}:{1:02}", "%Y-%m-%d {0:02}{1:02}"))
    return _day(chance).strftime(shape).format(hour, minute)


def _long_stamp(chance: random.Random) -> str:
    hour, minute = _clock(chance)
    second = chance.randrange(60)
    shape = chance.choice(("%Y%m%d{0:02}{1:02}{2:02}", "%Y-%m-%dT{0:02}:{1:02}:{2:02}"))
    return _day(chance).strftime(shape).format(hour, minute, second)


def _amount(chance: random.Random) -> str:
    value = chance.randrange(1_000_000, 9_999_999_999)
    return f"{value:,}".replace(",", chance.choice(("\u00a0", " ", "."))) + " kr"


def _organisation(chance: random.Random) -> str:
    return chance.choice(("212000-1124", "2120001124", "16212000-1124", "SE212000112401"))


def _bankgiro(chance: random.Random) -> str:
    digits = f"{chance.randrange(10**7):07}"
    shape = chance.choice(("bankgiro {0}-{1}", "bg {0}-{1}", "plusgiro {0} {1}-4"))
    return shape.format(digits[:3], digits[3:])


def _dnr(chance: random.Random) -> str:
    year, number = chance.randrange(1999, 2027), chance.randrange(1, 999_999)
    shapes = ("STK-{0}-{1}", "dnr {0}/{1}", "KS {0}-{1:06}", "dnr {0}:{1}", "ärende {0}-{1:05}-2")
    return chance.choice(shapes).format(year, number)


def _statute(chance: random.Random) -> str:
    shape = chance.choice(
        ("SFS {0}:{1}", "lagen ({0}:{1})", "prop. {0}/22:{1}", "HFD {0} ref. {1}")
    )
    return shape.format(chance.choice(_SFS), chance.randrange(1, 1700))


def _id(chance: random.Random) -> str:
    shape = chance.choice(("order {0}", "artikel 73{0}", "OCR {0}", "serienummer SN{0}"))
    return shape.format(chance.randrange(10**9, 10**10))


LOOKALIKES: Mapping[str, Lookalike] = {
    "mobilnummer": _mobile,
    "telefonnummer": _landline,
    "datum": lambda chance: _day(chance).isoformat(),
    "datumintervall": _range,
    "tidsstämpel": _stamp,
    "lång-tidsstämpel": _long_stamp,
    "belopp": _amount,
    "organisationsnummer": _organisation,
    "bankgiro": _bankgiro,
    "diarienummer": _dnr,
    "författning": _statute,
    "löpnummer": _id,
}


def lookalikes(*, each: int, seed: int) -> Iterator[tuple[str, str]]:
    """Yield `each` numbers of every kind: the kind's name and what is written."""
    for name, write in LOOKALIKES.items():
        chance = random.Random(f"{seed}\0{name}")  # noqa: S311  # repeatable, no secret
        for _ in range(each):
            yield name, write(chance)
