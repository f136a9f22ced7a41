"""Write what changed between two editions as Markdown that a person can read and file."""

from collections.abc import Iterator, Sequence

from ingest.document import Document, Passage
from ingest.intake.changes import Change, ChangeKind, Changes, Piece, word_pieces

_CONTEXT = 60  # characters kept on either side of a changed word
_PLURALS = {
    ChangeKind.NEW: ("nytt", "nya"),
    ChangeKind.CHANGED: ("ändrat", "ändrade"),
    ChangeKind.DROPPED: ("borttaget", "borttagna"),
}
_KEYS = {
    "title": "titel",
    "kind": "sort",
    "perspectives": "perspektiv",
    "status": "status",
    "year": "år",
    "valid_from": "gäller från",
    "valid_to": "gäller till",
    "supersedes": "ersätter",
    "decided_by": "beslutat av",
    "dnr": "dnr",
    "owner": "ägare",
    "review_by": "översyn senast",
    "audience": "målgrupp",
    "sources": "källor",
}


def write_changes(before: Document, after: Document, changes: Changes) -> str:
    """Return the changes as Markdown: struck words `~~so~~`, added words `**so**`."""
    lines = [
        f"# Ändringar i {after.front.title}, utgåva {before.front.edition} → {after.front.edition}",
        summarise(changes),
    ]
    lines += [
        f"- {_KEYS.get(key, key)}: {old or 'saknas'} → {new or 'saknas'}"
        for key, old, new in changes.keys
    ]
    for change in changes.passages:
        lines += [f"## {change.kind.value.capitalize()}: {name(change.passage)}", _body(change)]
    return "\n\n".join(lines) + "\n"


def summarise(changes: Changes) -> str:
    """Return one sentence of counts: `1 nytt, 2 ändrade, … 40 oförändrade avsnitt.`"""
    counts = []
    for kind, (one, many) in _PLURALS.items():
        number = changes.count(kind)
        counts.append(f"{number} {one if number == 1 else many}")
    unchanged = f"{changes.unchanged} {'oförändrat' if changes.unchanged == 1 else 'oförändrade'}"
    return f"{', '.join(counts)} och {unchanged} avsnitt."


def name(passage: Passage) -> str:
    """Return what a passage is called: its headings, its page."""
    heading = " › ".join(passage.headings) or "inledningen"
    return f"{heading} (s. {passage.page})" if passage.page else heading


def shorten_pieces(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Yield the pieces with long unchanged stretches cut to what stands around the changes."""
    for number, (kept, struck, added) in enumerate(pieces):
        if len(kept) <= 3 * _CONTEXT:
            yield kept, struck, added
            continue
        start = "" if number == 0 else kept[:_CONTEXT]
        end = "" if number == len(pieces) - 1 else kept[-_CONTEXT:]
        yield f"{start} … {end}", struck, added


def _body(change: Change) -> str:
    if change.before is None:
        return change.passage.text
    pieces = shorten_pieces(word_pieces(change.before.text, change.passage.text))
    return "".join(kept + _side_by_side(struck, added) for kept, struck, added in pieces)


def _side_by_side(struck: str, added: str) -> str:
    between = " " if struck and added and not struck[-1].isspace() else ""
    return _marked(struck, "~~") + between + _marked(added, "**")


def _marked(words: str, mark: str) -> str:
    """Return words between marks, the blanks outside them."""
    bare = words.strip()
    return words.replace(bare, f"{mark}{bare}{mark}", 1) if bare else ""
