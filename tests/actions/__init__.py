"""Tests of bot/actions, as real processes."""
