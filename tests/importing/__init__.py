"""Tests of bot/importing: content files into records, and every fault with file, line and remedy."""
