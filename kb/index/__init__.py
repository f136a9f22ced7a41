"""The index: manifest, generations, vectors, words, search."""
