"""A backup holds the library and the journal whole, and is restored whole or not at all."""

import hashlib
import io
import json
import stat
import tarfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from filelock import FileLock

from ingest.errors import BackupError, RefusedFileError
from kb.backup.archive import CONTENTS
from kb.backup.make import make_backup
from kb.backup.restore import check_backup, restore_backup
from kb.backup.rows import count_rows
from kb.journal.chain import head
from kb.journal.store import Journal, open_journal
from kb.journal.verify import verify
from tests.kb.journal.made import add_turn

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)


@pytest.fixture
def library(tmp_path: Path) -> Path:
    folder = tmp_path / "library"
    (folder / "originals").mkdir(parents=True)
    (folder / "regler.md").write_text("---\nid: regler\n---\nÅäö.\n", encoding="utf-8")
    (folder / "originals" / "ab.pdf").write_bytes(b"%PDF\x00\xff")
    (folder / "originals" / ".halv.tmp").write_bytes(b"half")
    return folder


@pytest.fixture
def archive(library: Path, journal: Journal, tmp_path: Path) -> Path:
    for _ in range(3):
        add_turn(journal)
    out = tmp_path / "kopia.tar.gz"
    make_backup(out, library=library, data=tmp_path / "data", journal=journal, now=NOW)
    return out


@pytest.fixture
def empty(tmp_path: Path) -> Journal:
    return open_journal(tmp_path / "new")


def files_of(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.name != ".lock" and not path.name.endswith(".tmp")
    }


def test_library_and_journal_come_back_as_they_were(
    archive: Path, library: Path, journal: Journal, empty: Journal, tmp_path: Path
) -> None:
    restore_backup(archive, library=tmp_path / "restored", journal=empty)
    assert files_of(tmp_path / "restored") == files_of(library)
    with journal.looking() as before, empty.looking() as after:
        found = verify(after, noted=head(before))
        assert not found.faults
        assert found == verify(before)
    empty.close()


def test_a_restored_journal_goes_on(archive: Path, empty: Journal, tmp_path: Path) -> None:
    restore_backup(archive, library=tmp_path / "restored", journal=empty)
    add_turn(empty)
    with empty.looking() as connection:
        assert verify(connection).records["turn"] == 4
    empty.close()


def test_a_backup_is_for_its_owner_only_and_never_written_over(
    archive: Path, library: Path, journal: Journal, tmp_path: Path
) -> None:
    assert stat.S_IMODE(archive.stat().st_mode) == 0o600
    before = archive.read_bytes()
    with pytest.raises(BackupError, match="finns redan"):
        make_backup(archive, library=library, data=tmp_path / "data", journal=journal, now=NOW)
    assert archive.read_bytes() == before


def test_nothing_is_written_over_on_restoring(
    archive: Path, library: Path, empty: Journal, tmp_path: Path
) -> None:
    before = files_of(library)
    with pytest.raises(BackupError, match="inte tom"):
        restore_backup(archive, library=library, journal=empty)
    assert files_of(library) == before
    add_turn(empty)
    with pytest.raises(BackupError, match="Journalen är inte tom"):
        restore_backup(archive, library=tmp_path / "restored", journal=empty)
    assert not (tmp_path / "restored").exists()
    empty.close()


def rewritten(archive: Path, change: Callable[[str, bytes], bytes | None]) -> Path:
    """Write a backup anew with `change` made to each part; None leaves it out."""
    out = archive.with_name("andrad.tar.gz")
    with tarfile.open(archive) as source, tarfile.open(out, "w:gz") as target:
        for member in source:
            stream = source.extractfile(member)
            assert stream is not None
            data = change(member.name, stream.read())
            if data is not None:
                member.size = len(data)
                target.addfile(member, io.BytesIO(data))
    return out


@pytest.mark.parametrize("place", ["library/regler.md", "journal/turn.jsonl", CONTENTS])
def test_a_backup_that_is_not_whole_restores_nothing(
    archive: Path, empty: Journal, tmp_path: Path, place: str
) -> None:
    missing = rewritten(archive, lambda name, data: None if name == place else data)
    changed = tmp_path / "changed"
    changed.mkdir()
    flipped = rewritten(archive, lambda name, data: data[:-2] + b"xx" if name == place else data)
    for broken in (missing, flipped):
        with pytest.raises(BackupError):
            restore_backup(broken, library=tmp_path / "restored", journal=empty)
    assert not (tmp_path / "restored").exists()
    with empty.looking() as connection:
        assert head(connection).n == 0
    empty.close()


def test_a_backup_cut_off_anywhere_is_refused_unless_only_padding_is_gone(
    archive: Path, tmp_path: Path
) -> None:
    data, cut = archive.read_bytes(), tmp_path / "cut.tar.gz"
    whole = check_backup(archive, scratch=tmp_path / "scratch")
    refused = 0
    lengths = range(0, len(data), max(1, len(data) // 25))
    for length in lengths:
        cut.write_bytes(data[:length])
        try:
            assert check_backup(cut, scratch=tmp_path / "scratch") == whole
        except BackupError:
            refused += 1
    assert refused >= len(lengths) - 2


@pytest.mark.parametrize(
    "name", ["library/../../ut.md", "/etc/ut", "annat/ut.md", "library/a/../../b", "."]
)
def test_no_part_is_written_outside_its_folder(tmp_path: Path, name: str) -> None:
    archive = tmp_path / "elak.tar.gz"
    with tarfile.open(archive, "w:gz") as tar:
        member = tarfile.TarInfo(name)
        member.size = 1
        tar.addfile(member, io.BytesIO(b"x"))
    with pytest.raises(BackupError, match="otillåtet"):
        check_backup(archive, scratch=tmp_path / "scratch")
    assert [path for path in tmp_path.rglob("*") if path.name in ("ut.md", "ut", "b")] == []


def test_a_link_in_a_backup_is_refused(tmp_path: Path) -> None:
    archive = tmp_path / "elak.tar.gz"
    with tarfile.open(archive, "w:gz") as tar:
        member = tarfile.TarInfo("library/a.md")
        member.type, member.linkname = tarfile.SYMTYPE, "/etc/passwd"
        tar.addfile(member)
    with pytest.raises(BackupError, match="annat än filer"):
        check_backup(archive, scratch=tmp_path / "scratch")


def test_a_link_in_the_library_is_told_not_followed(
    library: Path, journal: Journal, tmp_path: Path
) -> None:
    (library / "lank.md").symlink_to("/etc/passwd")
    with pytest.raises(BackupError, match=r"lank\.md"):
        make_backup(
            tmp_path / "k.tar.gz", library=library, data=tmp_path / "d", journal=journal, now=NOW
        )
    assert not list(tmp_path.glob("*k.tar.gz*"))


def test_a_backup_waits_for_no_intake(library: Path, journal: Journal, tmp_path: Path) -> None:
    with FileLock(library / "originals" / ".lock"), pytest.raises(RefusedFileError):
        make_backup(
            tmp_path / "k.tar.gz", library=library, data=tmp_path / "d", journal=journal, now=NOW
        )


@pytest.mark.parametrize("rows", [b"inte json\n", b"[1]\n", b'{"id": null}\n', b"\xff\n", None])
def test_rows_that_are_not_the_tables_restore_nothing(
    archive: Path, empty: Journal, tmp_path: Path, rows: bytes | None
) -> None:
    forged = tmp_path / "forfalskad.tar.gz"
    with tarfile.open(archive) as old, tarfile.open(forged, "w:gz") as new:
        parts = {member.name: old.extractfile(member).read() for member in old}  # type: ignore[union-attr]
        contents = json.loads(parts.pop(CONTENTS))
        del parts["journal/turn.jsonl"], contents["parts"]["journal/turn.jsonl"]
        if rows is not None:
            parts["journal/turn.jsonl"] = rows
            digest = hashlib.sha256(rows).hexdigest()
            contents["parts"]["journal/turn.jsonl"] = {"size": len(rows), "digest": digest}
        for name, data in {**parts, CONTENTS: json.dumps(contents).encode()}.items():
            member = tarfile.TarInfo(name)
            member.size = len(data)
            new.addfile(member, io.BytesIO(data))
    with pytest.raises(BackupError, match="rader i turn"):
        restore_backup(forged, library=tmp_path / "restored", journal=empty)
    assert not (tmp_path / "restored").exists()
    assert count_rows_of(empty) == 0


def count_rows_of(journal: Journal) -> int:
    with journal.looking() as connection:
        return count_rows(connection)
