"""A register whose table runs over pages: what kinds of AI tools a city uses, and for what."""

from tests.ingest.golden.content import Made, h, p, table

_USES = (
    ("Mötesanteckningar", "Intern", "Prövas", "Raderas efter 30 dagar"),
    ("Tal till text", "Intern", "I drift", "Sparas i ärendet"),
    ("Maskinöversättning", "Öppen", "I drift", "Sparas inte"),
    ("Klarspråk", "Öppen", "I drift", "Sparas inte"),
    ("Bildbeskrivning", "Öppen", "Prövas", "Sparas inte"),
    ("Textutkast", "Intern", "I drift", "Sparas i ärendet"),
    ("Sökning i styrdokument", "Öppen", "I drift", "Logg i 90 dagar"),
    ("Sammanfattning", "Intern", "Prövas", "Sparas i ärendet"),
    ("Klassning av e-post", "Känslig", "Avslutad", "Gallrad"),
    ("Svarsförslag i kontaktcenter", "Känslig", "Prövas", "Raderas efter 30 dagar"),
    ("Kodstöd", "Intern", "I drift", "Sparas inte"),
    ("Testdata", "Öppen", "I drift", "Sparas inte"),
    ("Prognos för skolplatser", "Intern", "I drift", "Bevaras"),
    ("Prognos för vattenförbrukning", "Intern", "I drift", "Bevaras"),
    ("Ruttplanering", "Intern", "I drift", "Raderas efter ett år"),
    ("Läsning av fakturor", "Känslig", "I drift", "Bevaras i sju år"),
    ("Läsning av ritningar", "Intern", "Prövas", "Sparas i ärendet"),
    ("Räkning av cyklar", "Öppen", "I drift", "Endast antal"),
    ("Räkning av besökare", "Öppen", "Prövas", "Endast antal"),
    ("Skadade vägmärken", "Öppen", "Prövas", "Bilder i 14 dagar"),
    ("Felanmälan", "Intern", "I drift", "Sparas i ärendet"),
    ("Stavningsstöd för elever", "Känslig", "Prövas", "Sparas inte"),
    ("Uppläsning av text", "Öppen", "I drift", "Sparas inte"),
    ("Taligenkänning i hemtjänst", "Känslig", "Avslutad", "Gallrad"),
    ("Fördelning av ärenden", "Känslig", "Avslutad", "Gallrad"),
    ("Schemaläggning", "Intern", "I drift", "Raderas efter ett år"),
)
REGISTER = Made(
    "Förteckning över användning av AI",
    "Förteckning över användning av AI, dnr STK-2026-112",
    (
        h("Förteckning över användning av AI"),
        p(
            "Förteckningen omfattar den användning som förvaltningarna har anmält. Den ses över "
            "varje halvår och säger vad som används, för vilken information och hur uppgifterna "
            "hanteras."
        ),
        h("Användning per ändamål", 2),
        table(("Ändamål", "Klass", "Läge", "Uppgifter"), *_USES),
        h("Ändringar", 2),
        p("Förvaltningen anmäler ny eller ändrad användning innan den börjar."),
    ),
)
