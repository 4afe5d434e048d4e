"""All that is published now: one immutable snapshot in memory, records and search index together."""
