"""What the API and the MCP tools say of themselves, from `data/api.yaml`."""

from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from ingest.shipped_data import read_yaml


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
    read = read_yaml("web", "api.yaml")
    mcp = read["mcp"]
    return ApiWords(
        read["title"],
        read["description"],
        read["token"],
        read["operations"],
        mcp["instructions"],
        mcp["tools"],
    )
