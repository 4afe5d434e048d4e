"""`parley desk`: what the desk does on Telegram, for scripts."""

import getpass
from argparse import Namespace
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

from bot.app import opened_database, utc_now
from bot.domain.revision import Change
from bot.domain.roles import Role
from bot.errors import FileRefused
from bot.services.desk_files import Asked, publish_file, retire_record
from bot.services.probes import Probes
from bot.services.publishing import Publishing
from bot.services.team import Team
from bot.settings import Settings
from bot.storage.proposals import State, Stored


async def publish(arguments: Namespace, settings: Settings) -> int:
    """Publish a content file or a zip; returns 0 when it is published, 1 while a second editor has to approve it."""
    try:
        data = arguments.file.read_bytes()
    except OSError as error:
        raise FileRefused(f"{arguments.file} cannot be read: {error.strerror}.") from error
    asked = Asked(_who(), arguments.change, arguments.note.strip(), arguments.since, arguments.over_warnings)
    async with _publishing(settings) as publishing:
        done = await publish_file(publishing, arguments.file.name, data, arguments.process, asked, utc_now())
    if done is None:
        print("Nothing to publish: it is all published as it is.")
        return 0
    return _told(done)


async def retire(arguments: Namespace, settings: Settings) -> int:
    """Withdraw a record; returns 0 when that is done, 1 while a second editor has to approve it."""
    asked = Asked(_who(), Change.RETRACTION, arguments.note.strip())
    async with _publishing(settings) as publishing:
        return _told(await retire_record(publishing, arguments.record, asked, utc_now()))


async def grant(arguments: Namespace, settings: Settings) -> int:
    """Give somebody a role; returns 1 for an owner, who needs none."""
    async with _publishing(settings) as publishing:
        team, role = publishing.team, Role(arguments.role)
        done = await team.grant(arguments.id, role, arguments.name, by=_who(), now=utc_now())
    print(f"{arguments.id} is {role.value} now." if done else f"{arguments.id} is an owner by the settings.")
    return int(not done)


async def revoke(arguments: Namespace, settings: Settings) -> int:
    """Take a role away; returns 1 where there is none to take."""
    async with _publishing(settings) as publishing:
        done = await publishing.team.revoke(arguments.id, by=_who(), now=utc_now())
    print(f"{arguments.id} has no role any more." if done else f"{arguments.id} has no role that could be taken away.")
    return int(not done)


@asynccontextmanager
async def _publishing(settings: Settings) -> AsyncIterator[Publishing]:
    async with opened_database(settings) as database:
        team = await Team.open(database, settings.owner_ids)
        hold = timedelta(seconds=settings.publish_hold)
        yield Publishing(database, team, hold, Probes(settings.content_dir))


def _who() -> str:
    """Return how whoever sits at this machine is written as an author."""
    return f"shell:{getpass.getuser()}"


def _told(done: Stored) -> int:
    if done.state is State.WAITING:
        print(f"No. {done.id} waits for a second editor: /approve {done.id}")
        return 1
    print(f"Published: publication {done.reason}.")
    return 0
