"""Made texts that hold numbers and contacts in every written form, and much that only looks so."""

from random import Random

from hypothesis import strategies as st

from ingest.screening.as_seen import as_seen

SERIES = (
    *("199001012385", "200002292399", "201701012393", "202402292383", "190001019801"),
    *("189001019802", "202201612393", "191401682396"),
)
_DIGITS = ("0123456789", "０１２３４５６７８９", "٠١٢٣٤٥٦٧٨٩", "𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗", "০১২৩৪৫৬৭৮৯")
_BETWEEN = (
    *("-", "–", "+", " ", "\u00a0", "\u200b", "\u2011", ".", "/", "_", "\n", " - ", "", "\u00ad"),
    *("**-", "&#45;", ":", " \t", "\u3000", "\u202f", "\u2009", ", sista fyra ", "\uff0d", "--"),
    *(" sista fyra siffrorna: ", "x", "\u0336", "\u0301", "\u2800", "\u180b", "\ud800", "\u058a"),
)
_CONTACTS = (
    *("070-174 06 05", "0701740612", "+46 70 174 06 12", "0046701740612", "46701740612"),
    *("+46 (0)70-174 06 12", "040-628 04 06", "(040) 628 04 06", "070.174.06.05", "020-98 00 00"),
    *("tel:0701740605", "070-1740605x2", "040-628 04 06 ext 5", "a0701740605", "5% 0701740605%"),
    *("0701740605/0701740606", "+47 22 12 34 56", "+1 425 882 8080", "SEK 0701740605", "112"),
    *("10.30-11.45", "2021-03-31 08:00", "2024/05/06", "STK-2024-629", "212000-1124"),
    *("nagon.annan@example.se", "a@b.c", "nagon(at)example.se", "info@malmo.se", "x [at] y.se"),
    *("å.ä@ö.se", "registrator@malmo.se", "SE45 5000 0000 0583 9825 7466", "1234 5678 9012 3456"),
)
_WORDS = (
    *("skyddad identitet", "Sekretessmarkerad", "hemlig adress", "Exempelgatan 4", "gravid"),
    *("211 00 Malmö", "adhd", "är sjuk", "depressed", "psykisk ohälsa", "personnummer", "pnr"),
    *("född", "samordningsnummer", "Får jag", "elev", "e\u0301", "a\u030a", "²", "😀", "\u200d"),
)
_AFTER = (" ", " ", " ", ", ", "\n", ".", "", "|", "(", ")")


def cleaned(text: str) -> str:
    """Return a text as the server reads it."""
    return as_seen(text)


def made_texts(count: int, *, seed: int) -> list[str]:
    """Return the same made texts for the same seed."""
    random = Random(seed)
    return [_text(random) for _ in range(count)]


@st.composite
def number_texts(draw: st.DrawFn) -> str:
    """Draw a text with a number of the test series, or one that is none, in some written form."""
    random = Random(draw(st.integers(min_value=0, max_value=2**32)))
    before = draw(st.sampled_from(("", "pnr ", "Gäller ", "född ", "(", "| ", "2021-03-31 ")))
    after = draw(st.sampled_from(("", ".", " och mer", ")", " 12", "-12-01", "\n7", "²", "kr")))
    return f"{before}{_number(random)}{after}"


def _text(random: Random) -> str:
    makers = (_number, lambda r: r.choice(_CONTACTS), lambda r: r.choice(_WORDS))
    pieces = (random.choice(makers)(random) for _ in range(random.randint(1, 7)))
    return "".join(f"{piece}{random.choice(_AFTER)}" for piece in pieces)


def _number(random: Random) -> str:
    is_none = random.random() < 0.2
    series = "".join(random.choices("0123456789", k=12)) if is_none else random.choice(SERIES)
    written = series[2:] if random.random() < 0.5 else series
    cuts = random.choice(
        ((), (-4,), (-4,), (-8, -6, -4), (-10, -4), range(1, 12), range(2, 12, 2), (5,))
    )
    places = sorted({cut % len(written) for cut in cuts if abs(cut) < len(written)} - {0})
    parts = [written[a:b] for a, b in zip((0, *places), (*places, None), strict=True)]
    usual = random.choice(_BETWEEN)
    out = parts[0]
    for part in parts[1:]:
        out += (usual if random.random() < 0.8 else random.choice(_BETWEEN)) + part
    if random.random() < 0.3:
        return out.translate(str.maketrans(_DIGITS[0], random.choice(_DIGITS)))
    return out
