"""The data folder: made for its owner alone, for its index holds what few may read."""

from pathlib import Path


def make_data_folder(data: Path) -> None:
    """Make the folder if there is none; one that is there keeps its rights.

    Raises:
        OSError: it cannot be made.
    """
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
