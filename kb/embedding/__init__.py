"""Embedding models: the default graph, and any LlamaIndex `BaseEmbedding`."""
