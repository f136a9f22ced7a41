"""What programs use: an HTTP API and an MCP server, each call with a token."""
