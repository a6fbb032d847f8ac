"""What people do in the secretariat."""
