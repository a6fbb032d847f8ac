"""What people type: one module for the draft, one for the work."""
