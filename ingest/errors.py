"""The one exception tree; every message is safe to show: what happened, what to do."""


class VagvisarenError(Exception):
    """Root of everything the project raises on purpose; `str()` may be shown to a person."""


class RefusedFileError(VagvisarenError):
    """A file cannot become a Document; the message says why and what to do instead."""


class ScannedFileError(RefusedFileError):
    """A file is only pictures of text; `pages` (from 1) are those that OCR would read."""

    def __init__(self, message: str, *, pages: tuple[int, ...]) -> None:
        super().__init__(message)
        self.pages = pages


class FrontMatterError(VagvisarenError):
    """A Document's front matter is malformed; the message names file, line and remedy."""


class TableError(VagvisarenError):
    """A table of the library is malformed; the message names file, place and remedy."""


class SettingsError(VagvisarenError):
    """A setting has a value that cannot be used."""


class IndexUnavailableError(VagvisarenError):
    """The index cannot be opened or built; the message says how to mend it."""


class JournalError(VagvisarenError):
    """The journal cannot be opened, written or trusted; the message says what to do."""


class CouncilError(VagvisarenError):
    """A move of the council may not be made; the message says why and what to do instead."""


class BackupError(VagvisarenError):
    """A backup cannot be made or restored; the message says why and what to do."""
