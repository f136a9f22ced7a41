"""Check the library before it is published: what is wrong, where, and what to write instead."""
