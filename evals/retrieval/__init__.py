"""Retrieval compared: what each part of it brings, and what plain LlamaIndex finds."""
