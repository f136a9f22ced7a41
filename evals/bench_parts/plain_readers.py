"""Read files as LlamaIndex's own readers do, without their package: that pins an old pypdf."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import mammoth  # type: ignore[import-untyped]
from llama_index.core import SimpleDirectoryReader
from llama_index.core.readers.base import BaseReader
from llama_index.core.schema import Document
from pypdf import PdfReader


class PagesReader(BaseReader):
    """A Document a page, the text as pypdf extracts it: what LlamaIndex's PDFReader does."""

    def load_data(self, file: Path, extra_info: dict[str, Any] | None = None) -> list[Document]:
        """Return the pages of a PDF."""
        pages = PdfReader(file).pages
        return [Document(text=page.extract_text(), metadata=extra_info or {}) for page in pages]


class WordReader(BaseReader):
    """One Document, the text without its structure: what LlamaIndex's DocxReader does."""

    def load_data(self, file: Path, extra_info: dict[str, Any] | None = None) -> list[Document]:
        """Return the text of a DOCX."""
        with file.open("rb") as stream:
            return [
                Document(text=mammoth.extract_raw_text(stream).value, metadata=extra_info or {})
            ]


def read_plainly(files: Sequence[Path]) -> list[Document]:
    """Return what SimpleDirectoryReader makes of files; what is neither PDF nor DOCX is text."""
    readers: dict[str, BaseReader] = {".pdf": PagesReader(), ".docx": WordReader()}
    reader = SimpleDirectoryReader(input_files=list(files), file_extractor=readers)
    return reader.load_data()
