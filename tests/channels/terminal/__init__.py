"""Tests of bot/channels/terminal: real sessions on a real database with the content that ships."""
