"""Guard the index against a library that has lost a good part of its Documents by mistake."""

from collections.abc import Collection

from ingest.errors import VagvisarenError

LARGEST_SHARE = 0.2
FEWEST = 3  # so few may always go: a small library is not held up


def find_vanished(gone: Collection[str], library_ids: Collection[str]) -> list[str]:
    """Return the editions (`id@edition`) whose id the library has no Document of at all.

    What is withdrawn, or back in review, or has another edition, is still there: leaving the
    index is then what somebody decided.
    """
    return [key for key in sorted(gone) if key.rpartition("@")[0] not in library_ids]


def refuse_mass_removal(vanished: Collection[str], *, indexed: int) -> None:
    """Stop a sync that would drop more than a fifth of what is indexed.

    Raises:
        VagvisarenError: it would; the message says what has vanished and what to do.
    """
    if len(vanished) < FEWEST or len(vanished) <= LARGEST_SHARE * indexed:
        return
    names = ", ".join(sorted(vanished)[:3])
    raise VagvisarenError(
        f"{len(vanished)} av {indexed} dokument i indexet finns inte längre i biblioteket "
        f"({names} …); indexet är inte ändrat. Kontrollera --library och att filerna går att läsa "
        "(vagvisaren sync --dry-run), eller kör vagvisaren sync --accept-removals."
    )
