"""Digests: what a chat has not heard of is owed in one message, in the transaction that moves its pointer on."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from bot.domain.following import Mode, longest_wait, next_digest, not_before
from bot.storage import broadcasts, followers, outbox, subscriptions
from bot.storage.broadcasts import BroadcastKind
from bot.storage.database import Connection, Database
from bot.storage.followers import DIGESTS, Follower
from bot.storage.outbox import NewOwed, Rank

EVERYTHING: Final = "all"
CORRECTIONS: Final = "corrections"
_SLICE: Final = 200  # chats in one transaction


async def keep(database: Database, now: datetime) -> bool:
    """Owe the digests whose time has come, a slice of them; returns whether there were any. Commits.

    A chat that wanted to hear nothing for a while gets what it missed. Times that a clock which was ahead has set are
    set again.
    """
    async with database.read() as connection:
        if not await _any(connection, now):
            return False
    async with database.write() as connection:
        for mode in DIGESTS:
            for follower in await followers.with_digest_due(connection, mode, now, _SLICE):
                if follower.paused_until is None:
                    await owe_missed(connection, follower, mode, now)
                await followers.set_due(connection, follower.chat, mode, next_digest(follower.hours, mode, now))
            for follower in await followers.with_digest_after(connection, mode, now + longest_wait(mode), _SLICE):
                await followers.set_due(connection, follower.chat, mode, next_digest(follower.hours, mode, now))
        for follower in await followers.with_pause_over(connection, now, _SLICE):
            await end_pause(connection, follower, now)
    return True


async def end_pause(connection: Connection, follower: Follower, now: datetime) -> None:
    """Owe a chat what it would have heard of at once, and let it hear again. Does not commit."""
    for mode in (Mode.CORRECTIONS, Mode.AT_ONCE):
        await owe_missed(connection, follower, mode, now)
    await followers.set_pause(connection, follower.chat, None)


async def owe_missed(connection: Connection, follower: Follower, mode: Mode, now: datetime) -> None:
    """Owe one message with all that came since the chat was told of what it follows that way; without any, nothing.

    Does not commit.
    """
    newest = await broadcasts.newest(connection)
    followed = [item for item in await subscriptions.of_chat(connection, follower.chat) if item.mode is mode]
    targets = [item.target.record for item in followed if item.target]
    everything = len(targets) < len(followed)
    found = await broadcasts.concerning(connection, follower.told[mode], newest, targets, everything=everything)
    if mode is Mode.CORRECTIONS:
        found = tuple(item for item in found if item.kind is BroadcastKind.CORRECTION)
    if followed and found and not await subscriptions.is_gone(connection, follower.chat):
        named = [EVERYTHING] if everything else [str(number) for number in sorted(targets)]
        line = digest_line(follower.told[mode], newest, named, only_corrections=mode is Mode.CORRECTIONS)
        due = not_before(follower.hours, now)
        await outbox.owe_all(connection, [NewOwed(follower.chat, follower.locale, line, Rank.NEWS, due)])
    await followers.set_told(connection, follower.chat, mode, newest)


def digest_line(after: int, upto: int, targets: Sequence[str], *, only_corrections: bool) -> str:
    """Return the command line of a digest of the broadcasts after one number and up to another, on these records."""
    return " ".join(["/digest", str(after), str(upto), *([CORRECTIONS] if only_corrections else ()), *targets])


async def _any(connection: Connection, now: datetime) -> bool:
    for mode in DIGESTS:
        if await followers.with_digest_due(connection, mode, now, 1):
            return True
        if await followers.with_digest_after(connection, mode, now + longest_wait(mode), 1):
            return True
    return bool(await followers.with_pause_over(connection, now, 1))
