"""What the API and the MCP tools say of themselves, from `data/api.yaml`."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import NamedTuple

import yaml


class ApiWords(NamedTuple):
    """Title and description, each operation's title and description, the texts for models."""

    title: str
    description: str
    token: str
    operations: Mapping[str, Mapping[str, str]]
    instructions: str
    tools: Mapping[str, str]


@cache
def api_words() -> ApiWords:
    """Read the texts."""
    source = (files("web") / "data" / "api.yaml").read_text(encoding="utf-8")
    read = yaml.safe_load(source)
    mcp = read["mcp"]
    return ApiWords(
        read["title"],
        read["description"],
        read["token"],
        read["operations"],
        mcp["instructions"],
        mcp["tools"],
    )
