"""What a plan says and what follows from it: plain Python, no Django."""
