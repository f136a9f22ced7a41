"""Hold a publication back for its personal numbers until a reviewer says that they may stand."""

from datetime import date

from ingest.document import Document
from ingest.errors import CouncilError
from ingest.screening.contact_data import PublicContacts
from ingest.screening.look_through import look_through, name_places, stopping


def check_personal_numbers(document: Document, *, today: date, reviewed: bool) -> str:
    """Return what the journal is to say of an edition's personal numbers; "" if it has none.

    Values are masked; places are pages and lines of the Document's file.

    Raises:
        CouncilError: it has some, and they are not `reviewed`.
    """
    found = stopping(look_through(document, today=today, public=PublicContacts()))
    if not found:
        return ""
    if reviewed:
        return f"Granskade personuppgifter får stå kvar: {name_places(found)}."
    raise CouncilError(
        f"{document.key} kan inte publiceras: texten innehåller {name_places(found)}. Ta bort "
        "personnumren och låt godkänna texten igen, eller ange efter granskning "
        "--personal-data-reviewed."
    )
