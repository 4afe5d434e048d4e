"""Subscribing: a chat follows a process, an agreement, a party or everything, in a way and at hours of its choice."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.base import Kind
from bot.domain.following import Hours, Mode, next_digest
from bot.services.digests import end_pause, owe_missed
from bot.storage import broadcasts, filling, followers, outbox, subscriptions
from bot.storage.database import Connection, Database
from bot.storage.followers import DIGESTS, Follower
from bot.storage.subscriptions import Subscription

Followed = tuple[Kind, str] | None  # what is followed, by kind and slug; None: everything


@dataclass(frozen=True, slots=True)
class Following:
    """What a chat follows, and how; without a follower it never has followed anything."""

    subscriptions: tuple[Subscription, ...] = ()
    follower: Follower | None = None


@dataclass(frozen=True, slots=True)
class Subscriptions:
    """The chats' subscriptions. Each change is durable before it is confirmed to the reader."""

    database: Database

    async def start(self, chat: int, followed: Followed, locale: str, now: datetime) -> bool:
        """Subscribe the chat, to hear of it at once; returns False where it was already. Commits."""
        async with self.database.write() as connection:
            if await followers.read(connection, chat) is None:
                await followers.add(connection, chat, locale)
            target = followed and await subscriptions.target_named(connection, *followed)
            newest = await broadcasts.newest(connection)
            return await subscriptions.add(connection, chat, target, Mode.AT_ONCE, after=newest, now=now)

    async def end(self, chat: int, followed: Followed, now: datetime) -> bool:
        """End the chat's subscription, and what it is still owed of it; returns False where it had none. Commits."""
        async with self.database.write() as connection:
            target = followed and await subscriptions.target_named(connection, *followed)
            ended = await subscriptions.remove(connection, chat, target)
            await outbox.drop_unfollowed(connection, chat)
            await _set_digests(connection, chat, now)
            return ended

    async def end_all(self, chat: int, now: datetime) -> None:
        """End all of the chat's subscriptions. Commits."""
        async with self.database.write() as connection:
            for item in await subscriptions.of_chat(connection, chat):
                await subscriptions.remove(connection, chat, item.target)
            await outbox.drop_unfollowed(connection, chat)
            await _set_digests(connection, chat, now)

    async def set_mode(self, chat: int, followed: Followed, mode: Mode, now: datetime) -> bool:
        """Let the chat hear of it that way; returns False where it does not follow it. Commits.

        What it would have heard of by now in the way so far is owed at once, so that nothing falls between the two.
        """
        async with self.database.write() as connection:
            target = followed and await subscriptions.target_named(connection, *followed)
            follower = await followers.read(connection, chat)
            held = await subscriptions.of_chat(connection, chat)
            before = next((item.mode for item in held if item.target == target), None)
            if follower is None or before is None:
                return False
            await filling.fill_chat(connection, chat, now)
            if before in DIGESTS and before is not mode:
                await owe_missed(connection, follower, before, now)
            await subscriptions.set_mode(connection, chat, target, mode, after=await broadcasts.newest(connection))
            await _set_digests(connection, chat, now)
            return True

    async def set_hours(self, chat: int, hours: Hours, now: datetime) -> None:
        """Keep the chat's hours, for digests and for quiet. Commits."""
        async with self.database.write() as connection:
            await followers.set_hours(connection, chat, hours)
            await _set_digests(connection, chat, now, again=True)
            await outbox.let_go(connection, chat, hours, now)

    async def pause(self, chat: int, until: datetime | None, now: datetime) -> None:
        """Tell the chat nothing until then, and afterwards what it missed; None ends that. Commits."""
        async with self.database.write() as connection:
            follower = await followers.read(connection, chat)
            if follower is None:
                return
            if until is None:
                await end_pause(connection, follower, now)
                return
            if follower.paused_until is None:
                await filling.fill_chat(connection, chat, now)
                for mode in (Mode.AT_ONCE, Mode.CORRECTIONS):
                    await followers.set_told(connection, chat, mode, await broadcasts.newest(connection))
            await followers.set_pause(connection, chat, until)

    async def read(self, chat: int) -> Following:
        """Return what the chat follows, and how."""
        async with self.database.read() as connection:
            held = await subscriptions.of_chat(connection, chat)
            return Following(held, await followers.read(connection, chat))

    async def of(self, chat: int) -> tuple[str, ...]:
        """Return the slugs of what the chat follows."""
        return tuple(item.target.slug for item in (await self.read(chat)).subscriptions if item.target)

    async def count(self, process: str) -> int:
        """Return how many chats a bulletin on the process would reach."""
        async with self.database.read() as connection:
            return await subscriptions.count(connection, process)


async def _set_digests(connection: Connection, chat: int, now: datetime, *, again: bool = False) -> None:
    """Set when the chat's digests are due: none where it follows nothing that way; anew where `again` or none was."""
    follower = await followers.read(connection, chat)
    if follower is None:
        return
    modes = _modes(await subscriptions.of_chat(connection, chat))
    for mode in DIGESTS:
        if mode not in modes:
            await followers.set_due(connection, chat, mode, None)
            continue
        if follower.due[mode] is None:
            await followers.set_told(connection, chat, mode, await broadcasts.newest(connection))
        if again or follower.due[mode] is None:
            await followers.set_due(connection, chat, mode, next_digest(follower.hours, mode, now))


def _modes(held: Sequence[Subscription]) -> set[Mode]:
    return {item.mode for item in held}
