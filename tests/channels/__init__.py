"""Channels, each driven through its own doors."""
