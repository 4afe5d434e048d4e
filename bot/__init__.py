"""Parley answers readers' questions about negotiations: curated, dated, and with the source of every statement.

The map of the house, lowest first; each may import only what stands above it in this list (`make check` enforces it):

    errors       the exception tree
    domain       what is true: records and pure rules, no I/O and no clock
    storage      the only SQL
    search       a question in words -> ranked records and one of three outcomes
    rendering    records -> messages: the only Jinja
    catalogue    all that is published now, one immutable snapshot in memory
    importing    content files -> records
    services     everything that changes something, one use case a file
    commands     what a person can ask for: a command is a function Request -> Reply
    channels     Telegram and the terminal, which share every command
    app, cli     the composition root and the command line; only they read the settings

The glossary: a **process** is a negotiation being followed; a **question** is curated, with its answer, and may own a
command; an **agreement** is something proposed, agreed or in force; a **position** is a party's stance on it; an
**event** is a dated happening; a **party** takes positions; a **source** is a citable document and a **citation** the
link from a statement to it. Each of these is a **record**, and one state of it a **revision**. The **ledger** knows
which revisions each message told. ARCHITECTURE.md says how a question travels through the house.
"""

import os

__version__ = "0.1.0"

# Before NumPy is loaded: a question's products are too small to be shared among threads, which only get in the way of
# each other, and of what else the machine does.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
