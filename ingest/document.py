"""The nouns of the library: Document, Passage and what they are made of."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from hashlib import sha256
from pathlib import Path


class Kind(StrEnum):
    """What a Document is."""

    GUIDANCE = "vägledning"
    GUIDELINE = "riktlinje"
    PLAN = "plan"
    PRINCIPLE = "princip"
    DECISION = "beslut"
    MEMO = "tjänsteskrivelse"
    ROLE_SHEET = "rollblad"
    GLOSSARY = "ordlista"


class Status(StrEnum):
    """Where a Document stands with the council; only `published` is answered from."""

    DRAFT = "draft"
    IN_REVIEW = "in_review"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


class Norm(StrEnum):
    """How strong a rule is; `norm` on its heading: `## R {#a norm="FÅR INTE" basis="lag"}`."""

    MUST = "MÅSTE"
    MUST_NOT = "FÅR INTE"
    SHOULD = "BÖR"
    MAY = "FÅR"
    MAY_IF = "FÅR OM"


class Basis(StrEnum):
    """What a rule rests on; `basis` on its heading, beside the norm."""

    LAW = "lag"
    DECISION = "beslut"
    ADVICE = "råd"


@dataclass(frozen=True, slots=True)
class Source:
    """Where a fact of the Document comes from."""

    title: str
    ref: str = ""


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What is known of a Document besides its text; the keys of the YAML header."""

    id: str
    title: str
    kind: Kind = Kind.GUIDANCE
    perspectives: tuple[str, ...] = ()
    status: Status = Status.DRAFT
    edition: str = "1"
    year: int | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    supersedes: str | None = None
    decided_by: str | None = None
    dnr: str | None = None
    owner: str = "AI-rådet"
    review_by: date | None = None
    audience: str = "alla"
    sources: tuple[Source, ...] = ()
    questions: dict[str, tuple[str, ...]] = field(default_factory=dict)
    original: str | None = None
    original_digest: str | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """One piece of guidance, plan, guideline or decision: front matter over Markdown."""

    front: FrontMatter
    body: str
    path: Path | None = None

    @property
    def key(self) -> str:
        """Identify this edition: `id@edition`."""
        return f"{self.front.id}@{self.front.edition}"


class BlockKind(StrEnum):
    """What a piece of text is; a converter emits these, Markdown carries them."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST = "list"
    TABLE = "table"


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, paragraph, list or table, as Markdown, with the pages it stands on.

    `text` is one line for a heading (without `#`) and a paragraph; a list or a table keeps its
    lines (`- item`, `1. item`, `| a | b |`). A list starts with its lead-in paragraph, if any,
    on the line before the first item. `level` is 1–6 for headings, else 0. Pages count from 1.
    `scanned` says that the text was read from a picture, and is to be held against it.
    """

    kind: BlockKind
    text: str
    level: int = 0
    page: int | None = None
    last_page: int | None = None
    scanned: bool = False


@dataclass(frozen=True, slots=True)
class Passage:
    """An addressable part of a Document: at most one section, at most one embedding long."""

    document_id: str
    edition: str
    anchor: str
    title: str
    headings: tuple[str, ...]
    blocks: tuple[Block, ...]
    norm: Norm | None = None
    basis: Basis | None = None
    questions: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """Identify the passage in the index: `document@edition#anchor`."""
        return f"{self.document_id}@{self.edition}#{self.anchor}"

    @property
    def text(self) -> str:
        """Return the text as it stands in the Document; blocks are parted by a blank line."""
        return "\n\n".join(block.text for block in self.blocks)

    @property
    def index_text(self) -> str:
        """Return what is embedded and searched: `title > heading > heading`, then the text."""
        return " > ".join((self.title, *self.headings)) + "\n" + self.text

    @property
    def digest(self) -> str:
        """Return `sha256:` and the hex digest of the text."""
        return "sha256:" + sha256(self.text.encode()).hexdigest()

    @property
    def scanned(self) -> bool:
        """Return whether any of the text was read from a picture."""
        return any(block.scanned for block in self.blocks)

    @property
    def page(self) -> int | None:
        """Return the page where the passage starts; None where the source has no pages."""
        return self.blocks[0].page

    @property
    def last_page(self) -> int | None:
        """Return the page where the passage ends."""
        return self.blocks[-1].last_page or self.blocks[-1].page
