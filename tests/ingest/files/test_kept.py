from hashlib import sha256
from pathlib import Path

import pytest

from ingest.errors import RefusedFileError
from ingest.files.kept import keep, kept_original, kept_reading

DATA = b"Hej."
DIGEST = "sha256:" + sha256(DATA).hexdigest()


@pytest.fixture
def library(tmp_path: Path) -> Path:
    return tmp_path / "bibliotek"


@pytest.mark.parametrize(
    "name", ["a.txt", "../../a.txt", "/etc/a.txt", "a\x1b[2J.txt", "..\\..\\a.txt", "a.t/xt", "å"]
)
def test_an_uploaded_name_never_becomes_a_path(library: Path, tmp_path: Path, name: str) -> None:
    source = tmp_path / "uppladdad"
    source.write_bytes(DATA)

    class Named(type(Path())):  # type: ignore[misc]
        """A path whose name is what a client called the file."""

        suffix = Path(name).suffix if "/" not in Path(name).suffix else ".t/xt"

    keep(library, DIGEST, Named(source), None)
    (kept,) = (path for path in library.rglob("*") if path.is_file())
    assert kept.parent == library / "originals"
    assert kept.name in (DIGEST[7:], f"{DIGEST[7:]}.txt")
    assert kept_original(library, DIGEST) == kept


@pytest.mark.parametrize(
    "digest",
    ["", "sha256:", "sha256:../../etc/passwd", "sha256:" + "A" * 64, DIGEST + "/..", DIGEST[7:]],
)
def test_a_digest_that_is_none_leads_nowhere(library: Path, digest: str) -> None:
    assert kept_original(library, digest) is None
    assert kept_reading(library, digest) is None


def test_a_link_is_not_followed(library: Path, tmp_path: Path) -> None:
    (tmp_path / "hemlig").write_bytes(b"hemligt")
    (library / "originals").mkdir(parents=True)
    (library / "originals" / f"{DIGEST[7:]}.pdf").symlink_to(tmp_path / "hemlig")
    assert kept_original(library, DIGEST) is None


def test_other_bytes_than_the_digest_are_refused(library: Path, tmp_path: Path) -> None:
    source = tmp_path / "a.txt"
    source.write_bytes(b"Annat.")
    with pytest.raises(RefusedFileError, match="Kör samma kommando igen"):
        keep(library, DIGEST, source, None)


def test_a_damaged_reading_is_none(library: Path) -> None:
    (library / "originals").mkdir(parents=True)
    (library / "originals" / f"{DIGEST[7:]}.reading.json").write_text("{trasig")
    assert kept_reading(library, DIGEST) is None
