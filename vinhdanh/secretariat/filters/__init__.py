"""Choosing what the lists of the secretariat show; kept in the address."""
