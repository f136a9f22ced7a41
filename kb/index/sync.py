"""Bring the index level with the library: build a generation beside the old, check it, swap."""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from time import perf_counter

from ingest.document import Document, Status
from ingest.errors import IndexUnavailableError
from kb.embedding.model import Embedder
from kb.index.build import Built, Progress, Workshop, bring_level
from kb.index.eligible import in_force_for_everyone
from kb.index.generations import active
from kb.index.manifest import DamagedManifestError, connect_to_read, is_damage, remove
from kb.index.plan import Wish, make_plan
from kb.index.storage import index_identity, manifest_path, owner
from kb.language.swedish import Analyser

_REASONS = {
    Status.DRAFT: "utkast: indexeras när det är publicerat",
    Status.IN_REVIEW: "under granskning: indexeras när det är publicerat",
    Status.WITHDRAWN: "tillbakadraget",
}


@dataclass(frozen=True, slots=True)
class SyncReport:
    """What a sync did, in Documents; `generation` is the one that answers now.

    `skipped` pairs a file or `id@edition` with the reason; `notes` say what works less well;
    `gone` names the editions that were dropped.
    """

    added: int
    changed: int
    dropped: int
    unchanged: int
    skipped: tuple[tuple[str, str], ...]
    generation: int
    seconds: float
    notes: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()


def sync(
    documents: Sequence[Document],
    *,
    data: Path,
    tables: Mapping[str, str] | None = None,
    embedder: Embedder,
    analyser: Analyser,
    today: date,
    rebuild: bool = False,
    dry_run: bool = False,
    progress: Progress | None = None,
    chroma_url: str | None = None,
    use_chroma: bool = True,
) -> SyncReport:
    """Index every published Document of the library; do nothing when nothing changed.

    `tables` are the tables, YAML by file name. The old generation answers until the new
    one is complete and checked. `rebuild` computes everything anew, vectors too; `dry_run` only
    counts. `progress` is told how many new Documents are done, of how many.

    Raises:
        IndexUnavailableError: another process writes, or the data folder cannot be written; the
            old generation goes on answering.
    """
    started = perf_counter()
    chosen, skipped = _choose(documents)
    collected = in_force_for_everyone((document.front for document in chosen.values()), today)
    wish = Wish(
        chosen, collected, index_identity(embedder, analyser), today, rebuild, dict(tables or {})
    )
    shop = Workshop(data, embedder, analyser, chroma_url, use_chroma)
    if dry_run:
        built = _look(data, wish)
    else:
        with owner(data), _explained(data):
            built = _mend_and_build(shop, wish, progress)
    plan = built.plan
    return SyncReport(
        added=plan.added,
        changed=plan.changed,
        dropped=len(plan.gone),
        unchanged=len(chosen) - plan.added - plan.changed,
        skipped=skipped,
        generation=built.generation,
        seconds=perf_counter() - started,
        notes=built.notes,
        gone=plan.gone,
    )


def _choose(
    documents: Sequence[Document],
) -> tuple[dict[str, Document], tuple[tuple[str, str], ...]]:
    """Return the published editions by key, in order, and why the rest is left out."""
    chosen: dict[str, Document] = {}
    skipped = []
    for document in documents:
        name = str(document.path) if document.path else document.key
        if document.front.status is not Status.PUBLISHED:
            skipped.append((name, _REASONS[document.front.status]))
        elif document.key in chosen:
            first = chosen[document.key].path or document.key
            reason = f"samma id och utgåva ({document.key}) som {first}: ge den en egen edition"
            skipped.append((name, reason))
        else:
            chosen[document.key] = document
    return dict(sorted(chosen.items())), tuple(skipped)


def _look(data: Path, wish: Wish) -> Built:
    """Plan without writing anything."""
    try:
        with closing(connect_to_read(manifest_path(data))) as connection:
            current = active(connection)
            return Built(make_plan(connection, current, wish), current.id if current else 0)
    except (sqlite3.Error, DamagedManifestError):
        return Built(make_plan(None, None, wish), 0)


def _mend_and_build(shop: Workshop, wish: Wish, progress: Progress | None) -> Built:
    """Do the work; a damaged manifest is thrown away once, and everything built anew."""
    try:
        return bring_level(shop, wish, progress)
    except DamagedManifestError:
        remove(manifest_path(shop.data))
    except sqlite3.Error as error:
        if not is_damage(error):
            raise
        remove(manifest_path(shop.data))
    return bring_level(shop, wish, progress)


@contextmanager
def _explained(data: Path) -> Iterator[None]:
    """Say in plain words why the index could not be written."""
    try:
        yield
    except (sqlite3.Error, OSError) as error:
        raise IndexUnavailableError(
            f"Indexet i {data} kunde inte skrivas ({error}). Det gamla indexet gäller som förut. "
            "Kontrollera diskutrymme och skrivrättigheter och kör vagvisaren sync igen."
        ) from error
