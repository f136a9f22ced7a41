import io
import zipfile
from pathlib import Path

import pypdf
import pytest
from pypdf.generic import StreamObject

from evals.canary import is_found
from evals.poison.build import MAKERS, TECHNIQUES, build
from evals.poison.cases import Format
from evals.poison.page import unmask
from ingest.errors import VagvisarenError
from ingest.files.convert import convert
from tests.evals.poison.made import CANARY, placed, poison

EVERY = [(kind, technique) for kind in Format for technique in sorted(TECHNIQUES[kind])]


def raw(kind: Format, data: bytes) -> str:
    """Return everything a file holds, as text."""
    if kind is Format.DOCX:
        archive = zipfile.ZipFile(io.BytesIO(data))
        return "\n".join(
            archive.read(name).decode() for name in archive.namelist() if not name.endswith("png")
        )
    if kind is Format.PDF:
        reader = pypdf.PdfReader(io.BytesIO(data))
        objects = [reader.get_object(number) for number in range(1, len(reader.xref[0]) + 1)]
        streams = [o.get_data().decode("cp1252") for o in objects if isinstance(o, StreamObject)]
        hexed = bytes(CANARY, "utf-16-be").hex()
        return str([*objects, *streams]).replace(hexed, CANARY)
    return data.decode()


@pytest.mark.parametrize(("kind", "technique"), EVERY)
def test_the_file_holds_what_is_planted(kind: Format, technique: str) -> None:
    case = placed(poison(technique=technique, kind=kind))
    text = raw(kind, MAKERS[kind](case))
    untagged = "".join(chr(ord(c) - 0xE0000) if ord(c) > 0xE0000 else c for c in text)
    assert any(is_found(CANARY, form) for form in (text, unmask(text), untagged))


@pytest.mark.parametrize(("kind", "technique"), EVERY)
def test_the_harmless_rest_can_be_read(kind: Format, technique: str, tmp_path: Path) -> None:
    case = placed(poison(technique=technique, kind=kind))
    (path,) = build([case], tmp_path)
    text = " ".join(" ".join(block.text.split()) for block in convert(path).blocks)
    assert case.text in text


def test_an_unknown_technique_is_refused(tmp_path: Path) -> None:
    with pytest.raises(VagvisarenError, match="vanish finns inte i md"):
        build([poison(technique="vanish")], tmp_path)
