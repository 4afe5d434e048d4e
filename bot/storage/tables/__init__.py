"""The tables as they are today, a module an area. Migrations bring older databases here; a test compares the two."""

from bot.storage.tables.base import metadata
from bot.storage.tables.buttons import confirmations, tokens
from bot.storage.tables.delivery import audiences, broadcasts, corrections, outbox, reminders
from bot.storage.tables.desk import audit, dialogues, drafts, proposals, team
from bot.storage.tables.embeddings import embeddings
from bot.storage.tables.following import followers, gone_chats, subscriptions, visits
from bot.storage.tables.inbox import inbox
from bot.storage.tables.queue import counts, missed, seen_feedback, weekly_lists, wishes
from bot.storage.tables.readers import chats, ratings, report_tells, reports
from bot.storage.tables.records import publications, records, refs, revisions
from bot.storage.tables.told import ledger, ledger_tells

__all__ = [
    "audiences",
    "audit",
    "broadcasts",
    "chats",
    "confirmations",
    "corrections",
    "counts",
    "dialogues",
    "drafts",
    "embeddings",
    "followers",
    "gone_chats",
    "inbox",
    "ledger",
    "ledger_tells",
    "metadata",
    "missed",
    "outbox",
    "proposals",
    "publications",
    "ratings",
    "records",
    "refs",
    "reminders",
    "report_tells",
    "reports",
    "revisions",
    "seen_feedback",
    "subscriptions",
    "team",
    "tokens",
    "visits",
    "weekly_lists",
    "wishes",
]
