"""The tables as they are today, a module an area. Migrations bring older databases here; a test compares the two."""

from bot.storage.tables.base import metadata
from bot.storage.tables.buttons import confirmations, tokens
from bot.storage.tables.desk import audit, dialogues, drafts, proposals, team
from bot.storage.tables.following import broadcasts, gone_chats, outbox, subscriptions
from bot.storage.tables.inbox import inbox
from bot.storage.tables.readers import chats, ratings, report_tells, reports
from bot.storage.tables.records import publications, records, refs, revisions
from bot.storage.tables.told import ledger, ledger_tells

__all__ = [
    "audit",
    "broadcasts",
    "chats",
    "confirmations",
    "dialogues",
    "drafts",
    "gone_chats",
    "inbox",
    "ledger",
    "ledger_tells",
    "metadata",
    "outbox",
    "proposals",
    "publications",
    "ratings",
    "records",
    "refs",
    "report_tells",
    "reports",
    "revisions",
    "subscriptions",
    "team",
    "tokens",
]
