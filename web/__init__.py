"""What the browser sees: the chat, its sources, the passage page."""
