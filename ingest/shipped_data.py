"""Read the YAML files that ship with the project: wordings, patterns, weights, contacts."""

from importlib.resources import files
from typing import Any

import yaml

# libyaml is ten times quicker; a file from outside could crash it with nested brackets, and never
# comes this way.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_yaml(package: str, name: str) -> Any:
    """Return what the file `name` in the folder `data` of a package of the project holds."""
    text = files(package).joinpath("data", name).read_text(encoding="utf-8")
    return yaml.load(text, _LOADER)  # noqa: S506 - a safe loader
