"""Build the files of poisoned cases."""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from evals.poison import docx, page, pdf
from evals.poison.cases import Format, Poison
from ingest.errors import VagvisarenError

MAKERS: Mapping[Format, Callable[[Poison], bytes]] = {
    Format.PDF: pdf.make_pdf,
    Format.DOCX: docx.make_docx,
    Format.HTML: page.make_html,
    Format.MD: page.make_markdown,
}
TECHNIQUES: Mapping[Format, frozenset[str]] = {
    Format.PDF: frozenset({*pdf.DRAWN, *pdf.BESIDE}),
    Format.DOCX: frozenset({*docx.INSIDE, "metadata"}),
    Format.HTML: frozenset(page.IN_HTML),
    Format.MD: frozenset(page.IN_MARKDOWN),
}


def build(cases: Iterable[Poison], folder: Path) -> tuple[Path, ...]:
    """Write the file of every case into a folder.

    Raises:
        VagvisarenError: a case asks for a technique that its format does not have.
    """
    folder.mkdir(parents=True, exist_ok=True)
    return tuple(_write(case, folder) for case in cases)


def _write(case: Poison, folder: Path) -> Path:
    known = TECHNIQUES[case.format]
    if case.technique not in known:
        raise VagvisarenError(
            f"{case.id}: {case.technique} finns inte i {case.format}. "
            f"Välj bland {', '.join(sorted(known))}."
        )
    path = folder / case.file_name
    path.write_bytes(MAKERS[case.format](case))
    return path
