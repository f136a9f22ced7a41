"""The library's own form: Documents as Markdown, front matter, passages, tables."""
