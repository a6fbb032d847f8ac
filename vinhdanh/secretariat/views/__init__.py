"""The pages of the secretariat."""
