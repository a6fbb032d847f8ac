"""Who did what, when, from where: a chain of lines that nobody can change."""
