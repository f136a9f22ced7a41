"""Swedish for search: words, stems, compounds, synonyms, spelling."""
