"""The knowledge base: settings, index, retrieval, answers, command line."""
