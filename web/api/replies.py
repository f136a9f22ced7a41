"""What a call gets: the JSON of the contract, described for OpenAPI and MCP."""

from datetime import date
from typing import Literal

from pydantic import BaseModel, Field

from ingest.document import Basis, Kind, Norm, Status
from kb.records import Language, Mode, Outcome


class CitationReply(BaseModel):
    """En källa: ett citat och var det står."""

    n: int = Field(description="Numret i svarets text, [1].")
    document_id: str = Field(description="Dokumentets id.")
    title: str = Field(description="Dokumentets titel.")
    kind: Kind = Field(description="Dokumentets typ.")
    edition: str = Field(description="Utgåvan.")
    year: int | None = Field(description="Året som en plan avser.")
    status: Status = Field(description="Utgåvans läge.")
    valid_from: date | None = Field(description="Första dagen den gäller.")
    valid_to: date | None = Field(description="Sista dagen den gäller.")
    decided_by: str | None = Field(description="Beslutet; null är ej fastställd av AI-rådet.")
    dnr: str | None = Field(description="Diarienumret.")
    headings: list[str] = Field(description="Rubrikerna ned till avsnittet.")
    page: int | None = Field(description="Sidan i originalet.")
    anchor: str = Field(description="Avsnittets ankare.")
    quote: str = Field(description="Citatet, exakt som i dokumentet.")
    digest: str = Field(description="Kontrollsumman för avsnittets text.")
    norm: Norm | None = Field(description="Vilken regel det är.")
    basis: Basis | None = Field(description="Vad regeln vilar på.")
    scanned: bool = Field(description="Om citatet är läst ur en bild och ska hållas mot den.")


class NoticeReply(BaseModel):
    """Något att veta vid sidan av svaret."""

    kind: str = Field(description="Slaget.")
    text: str = Field(description="Texten.")


class AnswerReply(BaseModel):
    """Ett svar; varje nyckel finns alltid med."""

    id: str = Field(description="Svarets id: för kvitto och omdöme.")
    question: str = Field(description="Frågan; tom när den innehöll personuppgifter.")
    language: Language = Field(description="Svarets språk.")
    outcome: Outcome = Field(description="Hur det gick. Bara answered är ett svar på frågan.")
    short: str = Field(description="Det direkta svaret, eller tomt.")
    text: str = Field(description="Hela svaret; varje citat följs av källans nummer.")
    mode: Mode = Field(description="extractive: bara citat.")
    citations: list[CitationReply] = Field(description="Källorna.")
    notices: list[NoticeReply] = Field(description="Att veta vid sidan av svaret.")
    contact: str | None = Field(description="Vem som kan svara.")
    related: list[str] = Field(description="Närliggande frågor.")
    timings_ms: dict[str, float] = Field(description="Tider i millisekunder.")


class HitReply(BaseModel):
    """En träff: ett avsnitt med poäng."""

    rank: int = Field(description="Platsen, från 1.")
    score: float = Field(description="Poängen som ordnar träffarna.")
    document_id: str = Field(description="Dokumentets id.")
    edition: str = Field(description="Utgåvan.")
    headings: list[str] = Field(description="Rubrikerna ned till avsnittet.")
    page: int | None = Field(description="Sidan i originalet.")
    anchor: str = Field(description="Avsnittets ankare.")
    text: str = Field(description="Avsnittets text.")


class HitsReply(BaseModel):
    """Träffarna på en sökning."""

    question: str = Field(description="Det som söktes.")
    hits: list[HitReply] = Field(description="Träffarna, bäst först.")


class SourceReply(BaseModel):
    """Vad dokumentet bygger på."""

    title: str = Field(description="Titeln.")
    ref: str = Field(description="Var i den.")


class DocumentReply(BaseModel):
    """Vad som är känt om dokumentet."""

    id: str = Field(description="Dokumentets id.")
    title: str = Field(description="Titeln.")
    kind: Kind = Field(description="Typen.")
    perspectives: list[str] = Field(description="Perspektiven.")
    status: Status = Field(description="Utgåvans läge.")
    edition: str = Field(description="Utgåvan.")
    year: int | None = Field(description="Året som en plan avser.")
    valid_from: date | None = Field(description="Första dagen den gäller.")
    valid_to: date | None = Field(description="Sista dagen den gäller.")
    supersedes: str | None = Field(description="Utgåvan den ersätter.")
    decided_by: str | None = Field(description="Beslutet; null är ej fastställd av AI-rådet.")
    dnr: str | None = Field(description="Diarienumret.")
    owner: str = Field(description="Den ansvariga.")
    review_by: date | None = Field(description="Ses över senast.")
    audience: str = Field(description="Vem den är öppen för.")
    sources: list[SourceReply] = Field(description="Vad det bygger på.")


class TextReply(BaseModel):
    """Avsnittet, ordagrant."""

    anchor: str = Field(description="Avsnittets ankare.")
    headings: list[str] = Field(description="Rubrikerna ned till avsnittet.")
    page: int | None = Field(description="Sidan i originalet.")
    norm: Norm | None = Field(description="Vilken regel det är.")
    basis: Basis | None = Field(description="Vad regeln vilar på.")
    scanned: bool = Field(description="Om texten är läst ur en bild.")
    text: str = Field(description="Texten som Markdown.")
    digest: str = Field(description="Textens kontrollsumma.")


class PassageReply(BaseModel):
    """Ett avsnitt i sitt sammanhang."""

    document: DocumentReply
    passage: TextReply
    before: str = Field(description="Texten före.")
    after: str = Field(description="Texten efter.")


class FaultReply(BaseModel):
    """Vad som är fel med ett fält."""

    field: str = Field(description="Fältets plats; tom om fältet är okänt.")
    sv: str = Field(description="På svenska.")
    en: str = Field(description="På engelska.")


class ProblemReply(BaseModel):
    """Varför anropet inte kunde besvaras (RFC 9457)."""

    type: str = Field(description="Slaget, en adress på den här sidan.")
    title: str = Field(description="Vad som hände.")
    status: int = Field(description="Statuskoden.")
    detail: str = Field(description="Vad du gör åt det.")
    title_en: str = Field(description="Vad som hände, på engelska.")
    detail_en: str = Field(description="Vad du gör åt det, på engelska.")
    errors: list[FaultReply] | None = Field(default=None, description="Fel i enskilda fält.")


class NotedReply(BaseModel):
    """Omdömet är skrivet."""

    noted: Literal[True] = Field(description="Alltid true.")
