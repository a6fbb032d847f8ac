"""What people look at in the secretariat."""
