"""Tests of bot/search: what a question finds, and what is refused."""
