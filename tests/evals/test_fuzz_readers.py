"""Fuzzing the readers: damage is repeatable, and every way a file can end is told."""

import mmap
import os
import random
import signal
from pathlib import Path

import pytest

from evals import fuzz_readers
from evals.reader_parts.damage import damage
from ingest.errors import RefusedFileError
from tests.ingest.made_files import column, make_pdf, pack_docx, paragraph


def test_damage_is_the_same_for_the_same_seed() -> None:
    data = make_pdf([column(["Ett stycke text."])])
    one, other = (damage(data, data, ".pdf", random.Random(7)) for _ in range(2))
    assert one == other


@pytest.mark.parametrize("seed", range(20))
def test_a_word_file_stays_a_word_file_or_is_refused(tmp_path: Path, seed: int) -> None:
    data = pack_docx(paragraph("Ett stycke text."))
    path = tmp_path / "a.docx"
    path.write_bytes(damage(data, data, ".docx", random.Random(seed)))
    assert fuzz_readers.read_apart(path) in ("read", "refused")


def test_what_the_process_held_before_counts_for_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fuzz_readers, "_MEMORY", 1 << 28)
    held = mmap.mmap(-1, 1 << 29)
    path = tmp_path / "a.txt"
    path.write_text("Ett stycke text om planen.")
    assert fuzz_readers.read_apart(path) == "read"
    held.close()


def test_a_whole_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(make_pdf([column(["Ett stycke text."])]))
    assert fuzz_readers.read_apart(path) == "read"


def test_a_refusal_is_an_ending(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_path: Path) -> None:
        raise RefusedFileError("Nej.")

    monkeypatch.setattr(fuzz_readers, "convert", refuse)
    assert fuzz_readers.read_apart(tmp_path / "a.txt") == "refused"


def test_another_exception_is_a_finding_with_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def break_down(_path: Path) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(fuzz_readers, "convert", break_down)
    found = fuzz_readers.read_apart(tmp_path / "a.txt")
    assert found.startswith("ZeroDivisionError at test_fuzz_readers.py:")


def test_a_killed_reader_is_a_finding(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fuzz_readers, "convert", lambda _: os.kill(os.getpid(), signal.SIGKILL))
    assert fuzz_readers.read_apart(tmp_path / "a.txt") == "killed by SIGKILL"


def test_a_run_tells_its_sums(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.txt").write_text("Ett stycke text om planen.")
    fuzz_readers.main([str(tmp_path), "--minutes", "0.005"])
    told = capsys.readouterr().out
    assert "files: {" in told
    assert "CPU minutes, slowest" in told
