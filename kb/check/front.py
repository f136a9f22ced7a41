"""Check the header: its life span, who looks after it, and what it points at."""

from collections.abc import Iterable, Iterator
from datetime import date

from ingest.document import Status
from kb.check.finding import Finding, Name
from kb.check.page import Page


def check_front(page: Page) -> Iterator[Finding]:
    """Find what a header may leave out but a published Document should not."""
    front = page.document.front
    if page.document.path and page.document.path.stem != front.id:
        yield page.warning(
            page.line_of_key("id"),
            Name.FRONT_MATTER,
            f"filen heter inte som sitt id {front.id}.",
            f"Döp om filen till {front.id}.md, så hittar den som ska ändra.",
        )
    if front.status is not Status.PUBLISHED or not page.is_authored:
        return
    if not front.sources:
        yield page.error(
            page.line_of_key("sources"),
            Name.FRONT_MATTER,
            "publicerat dokument utan sources.",
            'Skriv varje källa som {title: "…", ref: "…"}.',
        )
    if not front.perspectives:
        yield page.warning(
            page.line_of_key("perspectives"),
            Name.FRONT_MATTER,
            "perspectives saknas.",
            "Skriv till exempel perspectives: [juridik, etik].",
        )


def check_review(page: Page, *, today: date) -> Iterator[Finding]:
    """Find a published Document that nobody is to review, or that is overdue on `today`."""
    front = page.document.front
    if front.status is not Status.PUBLISHED or not page.is_authored:
        return
    line = page.line_of_key("review_by")
    if front.review_by is None:
        yield page.warning(
            line, Name.REVIEW, "ingen dag för översyn.", "Skriv review_by: och en dag."
        )
    elif front.review_by < today:
        yield page.warning(
            line,
            Name.REVIEW,
            f"översynen skulle ha gjorts senast {front.review_by}.",
            "Låt AI-rådet granska dokumentet och skriv en ny dag.",
        )


def check_supersedes(pages: Iterable[Page]) -> Iterator[Finding]:
    """Find a Document that replaces an edition which the library does not hold."""
    pages = tuple(pages)
    keys = {page.document.key for page in pages}
    for page in pages:
        replaced = page.document.front.supersedes
        if replaced and replaced not in keys:
            own = sorted(key for key in keys if key.startswith(replaced.split("@")[0] + "@"))
            held = f" (finns: {', '.join(own)})" if own else ""
            yield page.error(
                page.line_of_key("supersedes"),
                Name.REFERENCE,
                f"supersedes pekar på {replaced}, som inte finns i biblioteket{held}.",
                "Skriv id@edition på en utgåva som finns, eller null.",
            )
