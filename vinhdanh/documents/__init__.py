"""Files: what was handed in, where it is kept, what can be read from it."""
