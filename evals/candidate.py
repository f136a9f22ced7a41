"""Index a library that is only proposed, in a folder of its own: what answers is not touched."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from evals.asker import Asker
from evals.evidence import Witness
from kb.guide import open_guide, open_tools
from kb.index.storage import manifest_path
from kb.index.sync import sync
from kb.library import Library
from kb.settings import Settings


@contextmanager
def asking(library: Library, settings: Settings) -> Iterator[Asker]:
    """Open what asks a proposed library; vectors that the index in force has are not made anew."""
    settings.data.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix="kandidat-", dir=settings.data) as folder:
        apart = settings.model_copy(update={"data": Path(folder)})
        if settings.models.is_dir():
            apart.models.symlink_to(settings.models.resolve(), target_is_directory=True)
        _lend_vectors(settings.data, apart.data)
        embedder, analyser = open_tools(apart)
        sync(
            library.documents,
            data=apart.data,
            tables=library.tables,
            embedder=embedder,
            analyser=analyser,
            today=settings.as_of or date.today(),
            use_chroma=False,
        )
        guide = open_guide(apart, use_chroma=False)
        try:
            yield Asker(guide, Witness(library.documents))
        finally:
            guide.close()


def _lend_vectors(source: Path, target: Path) -> None:
    """Copy the manifest as it stands; without it everything is embedded again."""
    if not manifest_path(source).exists():
        return
    with (
        suppress(sqlite3.Error),
        closing(sqlite3.connect(manifest_path(source))) as lender,
        closing(sqlite3.connect(manifest_path(target))) as borrower,
    ):
        lender.backup(borrower)
