"""What the secretariat decides without a database."""
