"""What a person can ask for. A command is a function Request -> Reply: it parses, checks, acts and renders."""
