"""Tests; the folders mirror bot/, and telegram/ holds a strict fake Bot API server."""
