"""PDF to pieces: letters, lines, structure, tables, notes, and OCR of scanned pages."""
