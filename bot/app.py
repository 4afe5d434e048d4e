"""The composition root: settings -> parts -> a running house, opened and closed in order."""

import hashlib
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from bot.catalogue.catalogue import Catalogue
from bot.commands.context import Parts
from bot.commands.router import Router
from bot.errors import BrokenContent, ContentRefused
from bot.rendering.engine import Templates
from bot.search.understanding import Understanding
from bot.search.weights import installed
from bot.services.alarm import Alarm
from bot.services.audit import Audit
from bot.services.broadcast import Broadcasts
from bot.services.buttons import Buttons
from bot.services.changes import Changes
from bot.services.clusters import Clusters
from bot.services.complaints import Complaints
from bot.services.confirm import Confirmations
from bot.services.corrections import Corrections
from bot.services.counting import Counting
from bot.services.delivery import Delivery
from bot.services.drafts import Drafts
from bot.services.feedback import Feedback
from bot.services.forget import Forgetting
from bot.services.ledger import Ledger
from bot.services.pictures import Pictures
from bot.services.probes import Probes
from bot.services.progress import Progresses
from bot.services.pseudonym import Pseudonyms
from bot.services.publishing import Publishing
from bot.services.queue import Queue
from bot.services.retention import Retention
from bot.services.statistics import Statistics
from bot.services.subscribe import Subscriptions
from bot.services.team import Team
from bot.services.topics import Topics
from bot.services.verifying import Verifying
from bot.settings import Settings
from bot.shipped import shipped
from bot.storage import records
from bot.storage.database import Database
from bot.storage.migrate import migrate

_LOG: Final = logging.getLogger(__name__)
Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """Return the time; the one place where the house reads a clock."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class App:
    """The house, open: what channels and the command line work with."""

    database: Database
    parts: Parts
    router: Router
    buttons: Buttons
    delivery: Delivery


@asynccontextmanager
async def opened(settings: Settings, clock: Clock = utc_now, templates: Templates | None = None) -> AsyncIterator[App]:
    """Open the house: templates, database, content if there is none yet, catalogue; close it on the way out.

    Whoever opens several houses in one process gives them the same `templates`, which never change once loaded.
    Raises OperatorError with one line that says what to do where any of them cannot be used.
    """
    folder = settings.templates_dir
    templates = templates or Templates(folder, ships=folder == shipped("templates"))
    async with opened_database(settings) as database:
        await fill_if_empty(database, settings, clock())
        if installed() is None:
            _LOG.warning("The model's weights are not installed, so questions are searched by their words alone.")
        catalogue = await Catalogue.open(database)
        team = await Team.open(database, settings.owner_ids)
        ledger, pseudonyms = Ledger(database), Pseudonyms(_secret(settings))
        understanding = Understanding()
        parts = Parts(
            catalogue,
            templates,
            await Topics.open(database),
            ledger,
            Feedback(database, pseudonyms),
            Retention(corrections=timedelta(days=settings.correction_days)),
            Alarm(),
            Subscriptions(database),
            Broadcasts(database),
            Corrections(database),
            Changes(database),
            Progresses(database),
            Confirmations(database),
            Forgetting(database, pseudonyms),
            team,
            Pictures(),
            understanding,
            Audit(database),
            Drafts(database),
            Publishing(database, team, timedelta(seconds=settings.publish_hold), Probes(settings.content_dir)),
            Queue(database, pseudonyms),
            Counting(database),
            Clusters(database, understanding),
            Complaints(database),
            Statistics(database),
            Verifying(database),
            settings.desk_chat_id,
        )
        try:
            yield App(
                database,
                parts,
                Router(parts),
                Buttons(database),
                await Delivery.open(database, timedelta(days=settings.correction_days), settings.desk_chat_id),
            )
        finally:
            await parts.counting.write()
            await parts.pictures.close()


@asynccontextmanager
async def opened_database(settings: Settings) -> AsyncIterator[Database]:
    """Open the database at today's schema; close it on the way out."""
    database = Database(settings.database_url)
    try:
        await migrate(database)
        yield database
    finally:
        await database.close()


async def fill_if_empty(database: Database, settings: Settings, now: datetime) -> None:
    """Publish the content folder in a database that never held any; raises NoContent or BrokenContent if it cannot."""
    async with database.read() as connection:
        if await records.publication_number(connection) > 0:
            return
    # Imported here: reading content files is needed once in a database's life, not at every start.
    from bot.services.import_content import import_content  # noqa: PLC0415

    folder = settings.content_dir
    try:
        imported = await import_content(database, folder, note="first content", now=now)
    except ContentRefused as error:
        raise BrokenContent(
            f"The content that is to fill the empty database has faults, the first of them {error.report[0]}: "
            f"mend what `parley check {folder}` reports, or set PARLEY_CONTENT_DIR to another folder."
        ) from error
    _LOG.info("Published %d records from %s.", len(imported.added), folder)


def _secret(settings: Settings) -> bytes:
    """Return what reader pseudonyms are keyed with: a secret that every installation has outside its database."""
    if settings.telegram_token is None:
        return b"terminal"  # one reader, who sits at the machine that holds the database
    return hashlib.sha256(settings.telegram_token.get_secret_value().encode()).digest()
