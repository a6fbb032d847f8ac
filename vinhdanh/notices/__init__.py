"""Messages to people, their delivery, and calendar files. Knows accounts by their key alone."""
