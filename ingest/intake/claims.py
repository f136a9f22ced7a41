"""What a file claims of itself that the council decides: proposals, and a word to the reviewer."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from ingest.document import FrontMatter, Status
from ingest.files.convert import Conversion
from ingest.intake.reading import proposals_of
from ingest.intake.shelf import Shelf
from ingest.metadata.proposals import Proposal

_RULE = "filens eget huvud"
_SHOWN = 3  # questions that a warning quotes
_CLAIMS = ("status", "supersedes", "decided_by")


def claims_of(
    own: FrontMatter | None, conversion: Conversion | None, label: str, shelf: Shelf
) -> tuple[Proposal, ...]:
    """Return the proposals of a file: from its own header if it has one, else from its text.

    A Document of the library that it says it replaces is named by `id@edition`.
    """
    if own:
        return _header_proposals(own)
    named = []
    for proposal in proposals_of(conversion, label):
        other = shelf.named_in(proposal.value) if proposal.key == "supersedes" else None
        named.append(replace(proposal, value=other.key) if other else proposal)
    return tuple(named)


def warn_of_claims(
    own: FrontMatter | None, proposals: Sequence[Proposal], placed: FrontMatter, shelf: Shelf
) -> tuple[str, ...]:
    """Return Swedish warnings of what a file claims, beside what came of it in the library."""
    found = _of_header(own, placed, shelf) if own else _of_text(proposals, placed, shelf)
    return tuple(found)


def _header_proposals(own: FrontMatter) -> tuple[Proposal, ...]:
    found = [Proposal(key, str(getattr(own, key)), _RULE) for key in _CLAIMS if getattr(own, key)]
    found += [
        Proposal("questions", f"{anchor}: {question}", _RULE)
        for anchor, questions in own.questions.items()
        for question in questions
    ]
    return tuple(found)


def _of_header(own: FrontMatter, placed: FrontMatter, shelf: Shelf) -> Iterator[str]:
    is_out = placed.status is Status.PUBLISHED
    if own.status is Status.PUBLISHED and placed.status in (Status.DRAFT, Status.IN_REVIEW):
        yield (
            "Filens eget huvud säger att dokumentet är publicerat, men det avgör rådet. Lägg till "
            f"--publish, eller kör vagvisaren council submit {placed.id}@{placed.edition}."
        )
    taken = {question for some in placed.questions.values() for question in some}
    asked = [question for some in own.questions.values() for question in some]
    left = [question for question in asked if question not in taken]
    if left:
        yield (
            f"Frågor i filens eget huvud togs inte med: {_quoted(left)}. Skriv in dem som stämmer "
            "med texten i dokumentets huvud."
        )
    elif asked:
        yield (
            f"Filens eget huvud har frågor som dokumentet svarar på: {_quoted(asked)}. "
            "Stämmer de med texten?"
        )
    replaced = _published(own.supersedes, shelf)
    if replaced and placed.supersedes == own.supersedes:
        ends = "gäller inte längre" if is_out else "slutar gälla när det här publiceras"
        yield f"Filens eget huvud säger att det ersätter {replaced}, som {ends}. Stämmer det?"


def _of_text(proposals: Sequence[Proposal], placed: FrontMatter, shelf: Shelf) -> Iterator[str]:
    for one in proposals:
        is_open = one.key == "supersedes" and placed.supersedes is None
        if is_open and one.value.partition("@")[0] != placed.id and _published(one.value, shelf):
            place = f"Sida {one.page}" if one.page else "Texten"
            yield (
                f"{place}: ”{one.quote}” säger att dokumentet ersätter {one.value}, som är "
                "publicerat. Stämmer det: skriv supersedes i huvudet."
            )


def _published(name: str | None, shelf: Shelf) -> str | None:
    """Return the published edition that a `supersedes` names, as `id@edition` or `id`."""
    identity, _, edition = (name or "").partition("@")
    return next(
        (
            key
            for key, one in shelf.documents.items()
            if one.front.id == identity
            and edition in ("", one.front.edition)
            and one.front.status is Status.PUBLISHED
        ),
        None,
    )


def _quoted(questions: Sequence[str]) -> str:
    shown = ", ".join(f"”{question}”" for question in questions[:_SHOWN])
    more = len(questions) - _SHOWN
    return f"{shown} och {more} till" if more > 0 else shown
