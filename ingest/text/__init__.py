"""Plain words out of any source: decoded, cleaned, joined, searched for what is planted."""
