"""Everything that changes something, one use case a file. A service owns its transaction."""
