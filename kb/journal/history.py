"""Find the library as it was: earlier texts of a file, and whole earlier states, out of git."""

import subprocess
import tarfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

_MOST = 200  # commits looked through
_SECONDS = 60


def commits_before(library: Path, at: str, *, path: Path | None = None) -> list[str]:
    """Return the commits that touched the library, or one file of it, newest before `at` first.

    Commits after it follow: a file may lie uncommitted when it answers. Empty without git.
    """
    place = str(path or library.resolve())
    command = ("log", "--format=%H", f"--max-count={_MOST}")
    before = _git(library, *command, f"--before={at}", "--", place)
    after = _git(library, *command, "--reverse", f"--after={at}", "--", place)
    return [*before.decode().split(), *after.decode().split()]


def file_at(library: Path, commit: str, path: Path) -> str | None:
    """Return the text of a file of the library at a commit; None if it was not there."""
    root = _root(library)
    if root is None or not path.resolve().is_relative_to(root):
        return None
    name = path.resolve().relative_to(root).as_posix()
    found = _git(library, "show", f"{commit}:{name}")
    return found.decode("utf-8", "replace") if found else None


def restore(library: Path, commit: str, into: Path) -> Path | None:
    """Lay out the library as it was at a commit in a folder; None if it was not there."""
    root = _root(library)
    if root is None:
        return None
    name = library.resolve().relative_to(root).as_posix()
    archive = _git(library, "-C", str(root), "archive", commit, "--", name)
    if not archive:
        return None
    with tarfile.open(fileobj=BytesIO(archive)) as packed:
        packed.extractall(into, filter="data")
    return into / name


def states(library: Path, at: str, into: Path) -> Iterator[tuple[str, Path]]:
    """Yield earlier states of the library, laid out one after another, likeliest first."""
    for number, commit in enumerate(commits_before(library, at)):
        folder = restore(library, commit, into / str(number))
        if folder is not None and folder.is_dir():
            yield commit, folder


def _root(library: Path) -> Path | None:
    found = _git(library, "rev-parse", "--show-toplevel").decode().strip()
    return Path(found).resolve() if found else None


def _git(library: Path, *arguments: str) -> bytes:
    """Run git in the library; return what it says, nothing when it will not or is not there."""
    try:
        done = subprocess.run(
            ["git", "-C", str(library), *arguments],
            capture_output=True, timeout=_SECONDS, check=False,
        )  # fmt: skip
    except (OSError, subprocess.TimeoutExpired):
        return b""
    return done.stdout if done.returncode == 0 else b""
