"""Migrations, append-only: what has shipped is never edited."""
