"""Telegram: the only place that knows python-telegram-bot."""

import os

# Its coming form of waits (timedelta rather than seconds); without this it warns in the operator's log at each 429.
os.environ.setdefault("PTB_TIMEDELTA", "true")
