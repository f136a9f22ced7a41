"""Tokens that let programs ask: issued by the admin, kept as events in the journal."""
