"""Poisoned documents: built here, taken in as the council takes files in, asked about."""
