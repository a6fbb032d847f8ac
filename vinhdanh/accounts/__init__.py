"""Log-in: users, passwords, second factors, sessions."""
