"""Channels: where people talk to Parley. Each turns what it hears into a Request and shows the Reply."""
