"""The sides of a comparison: an earlier run, a library, a data folder, or settings by name."""

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from evals.run import ANSWERS
from ingest.errors import VagvisarenError
from kb.settings import Settings, read_settings

_LIBRARY_MARK = "library.txt"  # in a data folder: the library it was last made level with
_OWN_INDEX = frozenset({"library", "embedding", "embedding_url", "embedding_key", "chroma_url"})


@dataclass(frozen=True, slots=True)
class Side:
    """What to ask: the folder of an earlier run, or the settings of a new one."""

    name: str
    run: Path | None = None
    settings: Settings | None = None


def read_side(text: str, settings: Settings, *, indexes: Path) -> Side:
    """Understand one side of `--compare`.

    A folder with answers is an earlier run; a folder with a manifest is a data folder; any other
    folder is a library, indexed under `indexes`; `name=value,name=value` are settings.

    Raises:
        VagvisarenError: it is none of these.
    """
    folder = Path(text)
    if (folder / ANSWERS).is_file():
        return Side(text, run=folder)
    if (folder / "manifest.sqlite3").is_file():
        mark = folder / _LIBRARY_MARK
        library = mark.read_text(encoding="utf-8") if mark.is_file() else settings.library
        return Side(text, settings=_with(settings, {"data": folder, "library": library}))
    if folder.is_dir():
        return Side(text, settings=_apart(settings, {"library": folder}, indexes))
    parts = [part.partition("=") for part in text.split(",")]
    if any(not name or not mark for name, mark, _ in parts):
        raise VagvisarenError(
            f"'{text}' går inte att jämföra. Ange en körning, ett bibliotek, en datamapp eller "
            "inställningar som as_of=2025-06-01."
        )
    return Side(text, settings=_apart(settings, {n.strip(): v for n, _, v in parts}, indexes))


def _apart(settings: Settings, changed: dict[str, Any], indexes: Path) -> Settings:
    """Change settings; what needs another index gets a data folder of its own, models shared."""
    if not _OWN_INDEX & changed.keys() or "data" in changed:
        return _with(settings, changed)
    name = sha256(repr(sorted(changed.items())).encode()).hexdigest()[:12]
    data = indexes / name
    data.mkdir(parents=True, exist_ok=True)
    models = data / "models"
    if settings.models.is_dir() and not models.exists():
        models.symlink_to(settings.models.resolve(), target_is_directory=True)
    return _with(settings, changed | {"data": data})


def _with(settings: Settings, changed: dict[str, Any]) -> Settings:
    chosen = {name: getattr(settings, name) for name in settings.model_fields_set}
    return read_settings(**(chosen | changed))
