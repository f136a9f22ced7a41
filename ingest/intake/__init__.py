"""Files taken into the library: read, compared with what is there, placed."""
