"""The journal: an append-only, sealed record of turns, feedback, moves and who read it."""
