"""Writing and publishing on the desk, as the people there do it."""
