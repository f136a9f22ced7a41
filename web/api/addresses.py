"""Which addresses are for programs: there a token decides, and no cookie."""

OF_THE_API = "/api"
OF_MCP = "/mcp"
READABLE = frozenset({f"{OF_THE_API}/", f"{OF_THE_API}/openapi.json"})
"""The documentation, which a signed-in person may read without a token."""


def is_for_programs(path: str) -> bool:
    """Tell whether an address is one where a token decides who asks."""
    return path in (OF_THE_API, OF_MCP) or path.startswith((f"{OF_THE_API}/", f"{OF_MCP}/"))
