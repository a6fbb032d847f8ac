"""What can be read from a file: plain Python, no Django."""
