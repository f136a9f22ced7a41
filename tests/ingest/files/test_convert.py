"""Conversion: any file to blocks, metadata and warnings."""

from pathlib import Path

import pytest

from ingest.document import BlockKind
from ingest.errors import RefusedFileError
from ingest.files.convert import convert
from tests.ingest.made_files import column, make_docx, make_pdf, paragraph

SENTENCE = "Medarbetare ska inte mata in sekretessbelagda uppgifter i öppna AI-tjänster."


def _write(folder: Path, kind: str) -> Path:
    path = folder / f"fil.{kind}"
    if kind == "pdf":
        path.write_bytes(make_pdf([column([SENTENCE])]))
    elif kind == "docx":
        make_docx(path, paragraph(SENTENCE))
    elif kind == "html":
        path.write_text(f"<html><body><p>{SENTENCE}</p></body></html>", encoding="utf-8")
    else:
        path.write_text(SENTENCE, encoding="utf-8")
    return path


@pytest.mark.parametrize("kind", ["pdf", "docx", "html", "md", "txt"])
def test_every_format_gives_the_same_words(tmp_path: Path, kind: str) -> None:
    conversion = convert(_write(tmp_path, kind))
    assert [block.text for block in conversion.blocks] == [SENTENCE]
    assert conversion.pages == (1 if kind == "pdf" else None)


def test_markdown_in_a_text_file_is_read_as_markdown(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("## Plan\n\n### **Syfte**\n\nEn mening.\n", encoding="utf-8")
    kinds = [(block.kind, block.text) for block in convert(path).blocks]
    assert kinds[:2] == [(BlockKind.HEADING, "Plan"), (BlockKind.HEADING, "Syfte")]


def test_the_front_matter_of_others_gives_the_title(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text('---\ntitle: "Anskaffning"\nweight: 1\n---\n\n# Steg\n\nText.\n')
    conversion = convert(path)
    assert conversion.metadata.title == "Anskaffning"
    assert "weight" not in conversion.blocks[0].text


def test_unseen_characters_are_removed_with_a_warning(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Text\u202e här.\u200b", encoding="utf-8")
    conversion = convert(path)
    assert conversion.blocks[0].text == "Text här."
    assert "styrtecken" in conversion.warnings[0]


def test_a_file_without_words_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("--- *** ...")
    with pytest.raises(RefusedFileError, match="ingen läsbar text"):
        convert(path)
