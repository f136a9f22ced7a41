"""Text in, records out: read and convert files, front matter, passages, screening."""
