"""TO BE WRITTEN by the owner of this file."""

DEEDS: dict[str, str] = {}
DETAILS: dict[str, str] = {}
