"""The only SQL: tables, migrations, and one module per aggregate. Callers bring `now`; nothing here reads a clock."""
