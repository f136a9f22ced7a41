"""Personal data found in a Document's text."""
