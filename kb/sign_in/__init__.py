"""Sign-in: how the provider is spoken to, what its tokens must hold, where sessions are kept."""
