"""Take a Document that a file says it is: its state is the curator's, never the file's own."""

from dataclasses import replace

from ingest.document import Document, FrontMatter, Status
from ingest.intake.taken import Overrides


def admit(own: Document, overrides: Overrides) -> Document:
    """Return a file's own Document as it may stand in the library.

    What the curator publishes is taken with the questions of its header. Everything else comes in
    as a draft, with no questions; a file may say that it is withdrawn, and then stays so.
    """
    front = own.front
    if front.status is Status.WITHDRAWN:
        return own
    if overrides.status is Status.PUBLISHED:
        return own
    return replace(own, front=replace(front, status=Status.DRAFT, questions={}))


def stays_withdrawn(front: FrontMatter, overrides: Overrides) -> bool:
    """Say whether a publication was asked for of what has been withdrawn: only the council's."""
    return front.status is Status.WITHDRAWN and overrides.status is Status.PUBLISHED


def warn_of_withdrawn(key: str) -> str:
    """Say that a withdrawn edition was not published, and what to do."""
    return (
        f"{key} är tillbakadraget och publicerades inte. Ska det gälla igen: lämna det till "
        f"granskning med vagvisaren council submit {key}."
    )
