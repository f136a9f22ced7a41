"""The stage: a copy of the library and its index, where files are taken in and published."""

import json
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from shutil import copytree, ignore_patterns

from ingest.document import Document, Status
from ingest.errors import VagvisarenError
from kb.guide import open_tools
from kb.index.sync import sync
from kb.library import load_library
from kb.settings import Settings

_SECONDS = 900  # for taking in all files


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a file: a line of `vagvisaren ingest --json`."""

    name: str
    outcome: str
    document_id: str | None
    warnings: tuple[str, ...]
    reason: str | None

    @property
    def is_quiet(self) -> bool:
        """Say whether the file was taken in without a word to the reviewer."""
        return self.outcome != "refused" and not self.warnings


class Stage:
    """A library and a data folder of its own; the shipped ones are only read."""

    def __init__(self, settings: Settings, folder: Path) -> None:
        """Copy the library and the index of the settings into a folder; the models are shared."""
        self.settings = settings.model_copy(
            update={"library": folder / "library", "data": folder / "data"}
        )
        copytree(settings.library, self.settings.library)
        if settings.data.is_dir():
            copytree(
                settings.data,
                self.settings.data,
                ignore=ignore_patterns("models", "chroma", "lock"),
            )
        self.settings.data.mkdir(exist_ok=True)
        settings.models.mkdir(parents=True, exist_ok=True)
        self.settings.models.symlink_to(settings.models.resolve(), target_is_directory=True)
        self._shipped = {path: path.read_bytes() for path in self._files()}
        self._tools = open_tools(self.settings)

    def level(self) -> None:
        """Bring the index level with the library, without a collection: exact search answers."""
        library = load_library(self.settings.library)
        embedder, analyser = self._tools
        sync(
            library.documents,
            data=self.settings.data,
            tables=library.tables,
            embedder=embedder,
            analyser=analyser,
            today=self.settings.as_of or date.today(),
            use_chroma=False,
        )

    def take_in(self, files: Sequence[Path], *, publish: bool = False) -> tuple[Taken, ...]:
        """Take files in by the command that a council member uses.

        Raises:
            VagvisarenError: the command could not run.
        """
        command = [sys.executable, "-m", "kb", "--library", str(self.settings.library)]
        command += ["--data", str(self.settings.data), "ingest", "--json"]
        command += ["--publish"] * publish + list(map(str, files))
        done = subprocess.run(command, capture_output=True, text=True, timeout=_SECONDS)
        if done.returncode not in (0, 1):
            raise VagvisarenError(f"Filerna gick inte att ta in: {done.stderr.strip()[-300:]}")
        lines = map(json.loads, filter(str.strip, done.stdout.splitlines()))
        return tuple(_taken(line) for line in lines if "path" in line)

    def made(self) -> dict[str, Document]:
        """Return the Documents that were made of files, by the file's name."""
        documents = load_library(self.settings.library).documents
        return {d.front.original: d for d in documents if d.front.original}

    def is_shipped(self, document: Document) -> bool:
        """Say whether a Document lies where a shipped one lay."""
        return document.path in self._shipped

    def harmed(self) -> frozenset[str]:
        """Return the names of shipped files that are no longer as they were."""
        return frozenset(path.name for path, data in self._shipped.items() if _differs(path, data))

    def restore(self) -> None:
        """Write every shipped file back as it was."""
        for path, data in self._shipped.items():
            if _differs(path, data):
                path.write_bytes(data)

    def remove(self, documents: Iterable[Document]) -> None:
        """Take Documents out of the library; never a shipped one."""
        for document in documents:
            if document.path and not self.is_shipped(document):
                document.path.unlink()

    def _files(self) -> list[Path]:
        return sorted(self.settings.library.rglob("*.md"))


def published(documents: Mapping[str, Document]) -> dict[str, Document]:
    """Return those that are published."""
    return {k: d for k, d in documents.items() if d.front.status is Status.PUBLISHED}


def _taken(line: dict[str, object]) -> Taken:
    warnings = line["warnings"]
    return Taken(
        name=Path(str(line["path"])).name,
        outcome=str(line["outcome"]),
        document_id=str(line["document_id"]) if line["document_id"] else None,
        warnings=tuple(map(str, warnings)) if isinstance(warnings, list) else (),
        reason=str(line["reason"]) if line["reason"] else None,
    )


def _differs(path: Path, data: bytes) -> bool:
    return not path.exists() or path.read_bytes() != data
