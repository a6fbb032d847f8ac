"""What people type in the secretariat."""
