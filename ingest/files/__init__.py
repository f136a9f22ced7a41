"""Files handled safely: sniffed, converted in a child process with limits, kept."""
