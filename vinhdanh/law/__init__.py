"""The law as dated data: plain Python and YAML."""
