"""A guide that answers as the contract says, from a library of three small documents."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from threading import Event

from ingest.document import (
    Basis,
    Block,
    BlockKind,
    FrontMatter,
    Kind,
    Norm,
    Passage,
    Source,
    Status,
)
from ingest.errors import IndexUnavailableError
from kb.records import Answer, Citation, Language, Notice, Outcome, Turn

TODAY = date(2026, 11, 22)
SLOW = 8.0  # seconds
RULE = (
    "Du får inte lägga in personuppgifter i ett AI-verktyg som staden inte har godkänt för "
    "personuppgifter."
)
LEAD = "Innan du använder ett godkänt verktyg ska du ha svar på tre frågor:"
ITEMS = (
    "Vilken information tänker du lägga in?",
    "Får verktyget användas för den informationen?",
    "Vem granskar resultatet?",
)
CHECKLIST = "\n".join((LEAD, *(f"- {item}" for item in ITEMS)))
DUTY = "Du ansvarar alltid för det du använder från ett AI-verktyg."
PLAN = "Planen för 2026 har fokus på *information* och samverkan."
HOSTILE = 'Se <script>alert(1)</script> och ![bild](https://example.org/spy.png) "här".'


@dataclass(frozen=True, slots=True)
class Context:
    """A passage with what stands around it."""

    front: FrontMatter
    passage: Passage
    before: str = ""
    after: str = ""


def _context(
    front: FrontMatter,
    *blocks: Block,
    place: tuple[str, ...],
    norm: Norm | None = None,
    basis: Basis | None = None,
    **around: str,
) -> Context:
    *headings, anchor = place
    passage = Passage(front.id, front.edition, anchor, front.title, tuple(headings), blocks)
    return Context(front, replace(passage, norm=norm, basis=basis), **around)


def _text(text: str, page: int | None = None) -> Block:
    return Block(BlockKind.PARAGRAPH, text, page=page)


_CONTEXTS = (
    _context(
        FrontMatter(
            id="personuppgifter",
            title="Personuppgifter i AI-verktyg",
            status=Status.PUBLISHED,
            edition="2026-1",
            year=2026,
            valid_from=date(2026, 11, 1),
            review_by=date(2027, 5, 1),
            sources=(Source("Dataskyddsförordningen", "artikel 5"),),
        ),
        _text(f"{RULE} Det gäller även när du bara vill prova."),
        Block(BlockKind.LIST, CHECKLIST),
        place=("Innan du börjar", "Verktyg utanför staden", "externa-verktyg"),
        norm=Norm.MUST_NOT,
        basis=Basis.LAW,
        before="Personuppgifter är allt som kan knytas till en levande person.",
        after="Är du osäker: fråga din chef innan du lägger in något.",
    ),
    _context(
        FrontMatter(
            id="ansvar",
            title="Ditt ansvar för resultatet",
            kind=Kind.GUIDELINE,
            status=Status.PUBLISHED,
            edition="2026-1",
            year=2026,
            valid_from=date(2026, 11, 1),
            valid_to=date(2027, 12, 31),
            decided_by="KF 2021-03-31 § 100",
            dnr="STK-2024-629",
        ),
        _text(f"{DUTY} Kontrollera fakta, namn och siffror mot källan.", page=7),
        place=("Ansvar", "ditt-ansvar"),
    ),
    _context(
        FrontMatter(
            id="plan-2026",
            title="Utvecklingsplan för digitalisering 2026",
            kind=Kind.MEMO,
            status=Status.PUBLISHED,
            year=2026,
            valid_from=date(2026, 1, 1),
            valid_to=date(2026, 6, 30),
        ),
        _text(f"{PLAN} Se [stadens sida](https://malmo.se/plan).", page=2),
        place=("Fokus", "fokus"),
        before="## Bakgrund\n\nVarje år tas en plan fram.",
        after=HOSTILE,
    ),
)
LIBRARY = {(c.front.id, c.front.edition, c.passage.anchor): c for c in _CONTEXTS}


def cite(n: int, key: tuple[str, str, str], quote: str) -> Citation:
    """Cite a quote of the small library."""
    front, passage = LIBRARY[key].front, LIBRARY[key].passage
    return Citation(
        n=n,
        document_id=front.id,
        title=front.title,
        kind=front.kind,
        edition=front.edition,
        year=front.year,
        status=front.status,
        valid_from=front.valid_from,
        valid_to=front.valid_to,
        decided_by=front.decided_by,
        dnr=front.dnr,
        headings=passage.headings,
        page=passage.page,
        anchor=passage.anchor,
        quote=quote,
        digest=passage.digest,
        norm=passage.norm,
        basis=passage.basis,
    )


PERSONAL, DUTIES, PLANS = tuple(LIBRARY)
RELATED = ("Får jag använda avidentifierade uppgifter?", "Vem godkänner ett nytt verktyg?")
ANSWERED = Answer(
    id="1",
    question="",
    language="sv",
    outcome=Outcome.ANSWERED,
    short="Nej.",
    text=f"Nej. {RULE} [1]\n\n{CHECKLIST} [2]\n\n{DUTY} [3]",
    citations=(cite(1, PERSONAL, RULE), cite(2, PERSONAL, CHECKLIST), cite(3, DUTIES, DUTY)),
    notices=(Notice("older_edition", "En äldre utgåva (2025-2) säger något annat om undantag."),),
    related=RELATED,
)
IN_ENGLISH = replace(
    ANSWERED, language="en", short="No.", text="No. " + ANSWERED.text.removeprefix("Nej. ")
)
OF_THE_PLAN = replace(
    ANSWERED,
    short="",
    text=f"{PLAN} [1]",
    citations=(cite(1, PLANS, PLAN),),
    notices=(),
    related=("Vad kostar planen?",),
)
CONTACT = "Fråga stadskontoret eller servicenämndens kansli."
PUBLIC = {
    Outcome.NOT_COVERED: "Det framgår inte av dokumenten. Frågan har lagts i AI-rådets inkorg.",
    Outcome.OUT_OF_SCOPE: "Det här stödet gäller AI i jobbet och stadens planer.",
    Outcome.REDACT_FIRST: "Ta bort personnumret ur frågan och ställ den igen.",
    Outcome.REFUSED: "Det kan jag inte göra.",
}
_TRIGGERS = {
    "kostade": Outcome.NOT_COVERED,
    "recept": Outcome.OUT_OF_SCOPE,
    "19900101-2385": Outcome.REDACT_FIRST,
    "ignorera": Outcome.REFUSED,
}


@dataclass(slots=True)
class DoubleGuide:
    """Answer by a word in the question, and remember what was asked."""

    asked: list[tuple[str, tuple[Turn, ...]]] = field(default_factory=list)

    def ask(
        self,
        question: str,
        *,
        history: Sequence[Turn] = (),
        as_of: date | None = None,
        language: Language | None = None,
        audience: frozenset[str] = frozenset(),
    ) -> Answer:
        """Answer as the contract says."""
        self.asked.append((question, tuple(history)))
        name = f"svar{len(self.asked)}"
        lowered = question.lower()
        if "långsamt" in lowered:
            Event().wait(SLOW)  # long enough to look at the page while it searches
        if "krasch" in lowered:
            raise RuntimeError(question)
        if "underhåll" in lowered:
            raise IndexUnavailableError("Registret byggs om. Försök igen om en minut.")
        for word, outcome in _TRIGGERS.items():
            if word in lowered:
                contact = CONTACT if outcome is Outcome.NOT_COVERED else None
                return Answer(name, question, "sv", outcome, "", PUBLIC[outcome], contact=contact)
        found = IN_ENGLISH if lowered.startswith("may ") else ANSWERED
        found = OF_THE_PLAN if "planen" in lowered else found
        return replace(found, id=name, question=question)

    def passage_context(
        self,
        document_id: str,
        edition: str,
        anchor: str,
        *,
        audience: frozenset[str] = frozenset(),
    ) -> Context | None:
        """Return a passage of the small library."""
        return LIBRARY.get((document_id, edition, anchor))
