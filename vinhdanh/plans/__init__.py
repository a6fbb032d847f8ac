"""The plan document, its tasks, due dates and progress."""
