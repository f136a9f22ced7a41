"""Say what a Word file had that was left out, and what of it a reviewer should look at."""

from collections.abc import Mapping, Sequence

from ingest.text.planted import shorten


def warn_of_left_out(
    hidden: Sequence[str],
    inserted: int,
    deleted: int,
    names: frozenset[str],
    parts: Mapping[str, bytes],
) -> tuple[str, ...]:
    """Return Swedish warnings: hidden text, tracked changes, comments, embedded files, macros."""
    warnings = []
    if hidden:
        warnings.append(
            f"{len(hidden)} dolda textstycken (osynliga på papper) togs inte med: "
            f"”{shorten(' … '.join(hidden))}”."
        )
    if inserted or deleted:
        warnings.append(
            f"Dokumentet har spårade ändringar: {inserted} infogade stycken togs med, {deleted} "
            "borttagna inte. Godkänn eller avvisa dem i Word om texten ska vara en annan."
        )
    comments = parts.get("word/comments.xml", b"").count(b"<w:comment ")
    extras = [f"{comments} kommentarer"] if comments else []
    extras += ["inbäddade filer"] if any("/embeddings/" in name for name in names) else []
    extras += ["makron"] if any(name.endswith("vbaProject.bin") for name in names) else []
    if extras:
        warnings.append(f"Word-filen har {', '.join(extras)}, som inte togs med.")
    return tuple(warnings)
