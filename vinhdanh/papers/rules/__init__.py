"""How a paper is laid out: the tree of its parts, and what becomes of it."""
