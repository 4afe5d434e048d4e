"""Moving: a group that became a supergroup has a new number; what is kept of it goes along."""

from bot.services.topics import Topics
from bot.storage import chats, followers, subscriptions, visits
from bot.storage.database import Database


async def move_chat(database: Database, topics: Topics, old: int, new: int) -> None:
    """Write the chat's new number wherever its old one stands. Commits; doing it again changes nothing.

    The ledger keeps the old number: messages sent to the group before it moved can only be edited there.
    """
    async with database.write() as connection:
        await chats.move(connection, old, new)
        await subscriptions.move(connection, old, new)
        await followers.move(connection, old, new)
        await visits.move(connection, old, new)
    topics.move(old, new)
