"""What units are called, and what a spreadsheet of units or persons says. No Django."""
