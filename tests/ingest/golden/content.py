"""What the made documents say: blocks of a memo, guideline, regulation, plan, minutes, routine."""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["heading", "paragraph", "items", "numbered", "table", "advice"]


@dataclass(frozen=True)
class Part:
    """A block: a heading with its level, a paragraph, a list, a table, an advice in italics.

    `note` is a footnote of a paragraph, whose mark stands at its end.
    """

    kind: Kind
    text: str = ""
    level: int = 1
    rows: tuple[tuple[str, ...], ...] = ()
    note: str = ""


@dataclass(frozen=True)
class Made:
    """A document: its title, what its page header says, its parts."""

    title: str
    header: str
    parts: tuple[Part, ...]


def h(text: str, level: int = 1) -> Part:
    return Part("heading", text, level)


def p(text: str, note: str = "") -> Part:
    return Part("paragraph", text, note=note)


def items(*texts: str) -> Part:
    return Part("items", rows=tuple((text,) for text in texts))


def numbered(*texts: str) -> Part:
    return Part("numbered", rows=tuple((text,) for text in texts))


def table(*rows: tuple[str, ...]) -> Part:
    return Part("table", rows=rows)


MEMO = Made(
    "Utvecklingsplan för kommungemensam AI 2026",
    "Stadskontoret Tjänsteskrivelse STK-2025-1234",
    (
        h("Utvecklingsplan för kommungemensam AI 2026"),
        h("Sammanfattning", 2),
        p(
            "Servicenämnden har till kommunstyrelsen inkommit med en plan för hur staden tar "
            "fram och förvaltar gemensamma AI-tjänster. Planen bygger på förvaltningarnas behov "
            "och har varit föremål för en bred förankring. Stadskontoret bedömer att planen är "
            "ändamålsenlig och att den kan genomföras inom beslutad ram.",
            note="Riktlinjer för IT och digitalisering, KF 2021-03-31 § 100.",
        ),
        h("Förslag till beslut", 2),
        p("Kommunstyrelsens arbetsutskott föreslår kommunstyrelsen besluta"),
        numbered(
            "Kommunstyrelsen godkänner Utvecklingsplan för kommungemensam AI 2026.",
            "Kommunstyrelsen anmodar stadens nämnder att inventera sin användning av AI-tjänster "
            "och att rapportera den till stadskontoret före årets slut.",
        ),
        h("Ärendet", 2),
        p(
            "Av riktlinjerna framgår att planen ska beslutas årligen. Genomförandet förväntas ge "
            "nya leveranser av teknik och kompetens, medan den faktiska verksamhetsnyttan uppstår "
            "först när förvaltningarna tillämpar och nyttjar detta utbud. Effekthemtagningen sker "
            "därför inom respektive nämnd."
        ),
        h("Finansiering", 2),
        p("Nämnden begär medel enligt tabellen, i tusental kronor."),
        table(
            ("Insats", "2026", "2027", "Totalt"),
            ("IT-säkerhet", "16 000", "12 500", "28 500"),
            ("AI-råd", "1 150", "1 400", "2 550"),
            ("Kompetens", "2 400", "3 100", "5 500"),
        ),
        p("Finansieringen prövas i den ordinarie budgetberedningsprocessen."),
    ),
)
GUIDELINE = Made(
    "Riktlinje för generativ AI",
    "Riktlinje för generativ AI, dnr STK-2026-77",
    (
        h("Riktlinje för generativ AI"),
        h("1 Syfte och omfattning", 2),
        p(
            "Riktlinjen anger hur medarbetare och förtroendevalda får använda generativ AI i "
            "arbetet. Den gäller alla nämnder och de bolag som har antagit den."
        ),
        h("1.1 Vad riktlinjen inte omfattar", 3),
        p("Medicintekniska produkter och forskning omfattas inte."),
        h("2 Grundläggande principer", 2),
        p("Den som använder en AI-tjänst i arbetet ska:"),
        items(
            "ha en tydlig uppgift som tjänsten löser,",
            "kontrollera att uppgifterna får lämnas ut enligt informationsklassningen, och",
            "granska resultatet innan det används i ett ärende.",
        ),
        p(
            "Personuppgifter får behandlas endast i tjänster som staden har "
            "personuppgiftsbiträdesavtal med och som är godkända för ändamålet.",
            note="Jfr artikel 28 i dataskyddsförordningen.",
        ),
        h("3 Ansvar", 2),
        p(
            "Chefen ansvarar för att medarbetarna känner till riktlinjen. Informationsägaren "
            "beslutar om vilka uppgifter som får användas i en tjänst."
        ),
    ),
)
REGULATION = Made(
    "Föreskrifter om säkerhetsåtgärder i informationssystem",
    "KFFS 2026:4",
    (
        h("Föreskrifter om säkerhetsåtgärder i informationssystem"),
        p("beslutade den 18 juni 2026."),
        h("1 kap. Inledande bestämmelser", 2),
        h("Tillämpningsområde", 3),
        p(
            "1 § Dessa föreskrifter innehåller bestämmelser om säkerhetskrav på de "
            "informationssystem som nämnderna ansvarar för."
        ),
        p("2 § Om lag eller förordning ställer högre krav tillämpas den bestämmelsen."),
        Part("advice", "Allmänna råd"),
        p(
            "Riskbedömningar bör även genomföras för utvecklings-, test- och "
            "utbildningsmiljöer, eftersom uppgifter därifrån kan röja hur driften är uppbyggd."
        ),
        h("2 kap. Åtkomst", 2),
        h("Behörigheter", 3),
        p("1 § Nämnden ska besluta om vem som får tilldelas behörighet, och"),
        items("hur den ska användas,", "hur den ska följas upp, och", "när den ska avslutas."),
        p("2 § En behörighet som inte längre behövs ska avslutas utan onödigt dröjsmål."),
    ),
)
PLAN = Made(
    "Plan för informationssäkerhet 2026–2028",
    "Plan för informationssäkerhet 2026–2028",
    (
        h("Plan för informationssäkerhet 2026–2028"),
        h("Nuläge", 2),
        p(
            "Stadens verksamheter är beroende av att information är riktig, tillgänglig och "
            "skyddad. Under 2025 genomfördes en mognadsmätning som visade att "
            "kontinuitetsplaneringen behöver stärkas."
        ),
        h("Mål", 2),
        p("Målen för perioden är att:"),
        items(
            "alla verksamhetskritiska system är klassade,",
            "varje förvaltning har övat sin kontinuitetsplan, och",
            "incidenter rapporteras inom ett dygn.",
        ),
        h("Åtgärder", 2),
        table(
            ("Åtgärd", "Ansvarig", "Klart"),
            ("Klassa system", "Informationsägare", "2026"),
            ("Öva avbrott", "Förvaltningschef", "2027"),
            ("Mäta mognad", "Säkerhetschef", "2028"),
        ),
        h("Uppföljning", 2),
        p(
            "Planen följs upp i samband med årsredovisningen. Avvikelser rapporteras till "
            "kommunstyrelsen, som beslutar om åtgärder."
        ),
    ),
)
MINUTES = Made(
    "Protokollsutdrag servicenämnden",
    "Servicenämnden Protokoll 2026-02-17",
    (
        h("Protokollsutdrag servicenämnden"),
        h("§ 14 Yttrande över AI-strategi", 2),
        p("Dnr SN-2026-31"),
        h("Beslut", 3),
        numbered(
            "Nämnden antar förslaget till yttrande som sitt eget.",
            "Nämnden översänder yttrandet till kommunstyrelsen.",
        ),
        h("Sammanfattning", 3),
        p(
            "Kommunstyrelsen har remitterat ett förslag till AI-strategi. Förvaltningen "
            "tillstyrker förslaget och framhåller att arkivering och gallring av "
            "AI-genererade handlingar behöver regleras tydligare."
        ),
        h("§ 15 Anmälan av delegationsbeslut", 2),
        p("Nämnden lägger redovisningen till handlingarna."),
    ),
)
ROUTINE = Made(
    "Rutin för utlämnande av allmän handling",
    "Rutin för utlämnande av allmän handling",
    (
        h("Rutin för utlämnande av allmän handling"),
        p(
            "En begäran om att ta del av en allmän handling ska behandlas skyndsamt. Den som "
            "begär ut en handling behöver varken uppge sitt namn eller varför."
        ),
        h("Så gör du", 2),
        numbered(
            "Ta reda på vilken handling som avses.",
            "Pröva om den är allmän och om den omfattas av sekretess.",
            "Lämna ut handlingen, eller skriv ett avslagsbeslut om så begärs.",
        ),
        h("Avgifter", 2),
        table(("Sidor", "Avgift"), ("1–9", "0 kr"), ("10", "50 kr"), ("fler", "2 kr per sida")),
        p("Avgiften tas ut enligt kommunfullmäktiges beslut."),
    ),
)
ALL = {
    "memo": MEMO,
    "guideline": GUIDELINE,
    "regulation": REGULATION,
    "plan": PLAN,
    "minutes": MINUTES,
    "routine": ROUTINE,
}
