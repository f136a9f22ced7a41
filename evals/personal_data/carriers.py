"""Texts that a number may stand in when somebody asks: short, long, over several lines, English."""

from collections.abc import Mapping

QUESTIONS = (
    "Får jag klistra in {} i ChatGPT?",
    "Kan du kolla vad som gäller för eleven {} när vi använder AI?",
    "brukaren {} vill ha hjälp med ett brev, får jag ta copilot till det",
    "Kan AI sammanfatta journalen för {} så att jag slipper läsa allt?",
    "Är {} en personuppgift om jag skriver den i en prompt?",
    "Vad säger riktlinjerna om att mata in {} i ett AI-verktyg?",
)
ENGLISH = (
    "May I paste {} into ChatGPT?",
    "Can you check what applies to the pupil {} when we use AI?",
    "Is it fine to let Copilot write a letter about {} for me?",
    "What do the guidelines say about entering {} in an AI tool?",
)
LINES = (
    "Hej!\n\nElev: årskurs 7\nNummer: {}\nBehov: anpassad studiegång\n\nFår jag be en AI skriva "
    "utkastet?",
    "Klistrar in från systemet:\n\n| fält | värde |\n|---|---|\n| id | {} |\n\n"
    "Vad får jag göra med det här i ett AI-verktyg?",
    "1. Öppna akten\n2. Kopiera {}\n3. Klistra in i Copilot\n\nÄr det här arbetssättet tillåtet?",
)
_NOTES = (
    "Mötet öppnades och dagordningen gicks igenom.",
    "Gruppen har provat ett verktyg för att sammanfatta anteckningar under tre veckor.",
    "Erfarenheten är att texterna blir kortare men att någon alltid måste läsa igenom dem.",
    "Frågan om vem som är ansvarig för det som lämnas ut togs upp på nytt.",
    "Flera vill veta om det går att använda tjänsten även i telefonen.",
    "Chefen påminde om att uppgifter om enskilda inte hör hemma i sådana verktyg.",
    "Nästa steg är att skriva ner vad verktyget ska användas till och vad som är uteslutet.",
    "Upphandlingen väntar på svar från två leverantörer och återkommer i början av nästa år.",
)
LONG_PLACE = 1_400  # characters before the number in a long text
BEYOND = 4_300  # characters before it where the text is longer than a question may be
_END = "Sammanfatta gärna anteckningarna ovan och säg om vi får fortsätta så här med AI."


def long_text(before: int) -> str:
    """Return notes from a meeting with a place for a number after about `before` characters."""
    lines: list[str] = []
    while sum(map(len, lines)) < before:
        lines.append(_NOTES[len(lines) % len(_NOTES)])
    return " ".join([*lines, "Ärendet som visades gällde {}.", *_NOTES[:3], _END])


CARRIERS: Mapping[str, tuple[str, ...]] = {
    "fråga": QUESTIONS,
    "lång-text": (long_text(LONG_PLACE), long_text(BEYOND)),
    "rader": LINES,
    "engelska": ENGLISH,
}
