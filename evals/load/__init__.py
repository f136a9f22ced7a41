"""Load: many people ask at once, over real HTTP, and every turn is timed."""
