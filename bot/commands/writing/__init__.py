"""Writing and publishing on the desk: forms, drafts, previews, and what happens to a draft on its way to readers."""
