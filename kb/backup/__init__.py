"""Back up what cannot be made again, the library and the journal, and restore it elsewhere."""
