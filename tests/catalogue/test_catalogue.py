"""The catalogue: the newest snapshot, whichever process published it."""

import asyncio
import logging
import sqlite3
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.catalogue import catalogue as catalogue_module
from bot.catalogue.catalogue import Catalogue
from bot.catalogue.embeddings import Embeddings
from bot.domain.revision import Change
from bot.errors import StorageError
from bot.storage.database import Database
from tests.domain.examples import process, question, source
from tests.storage.opening import NOON, opened, publish, run_module

OTHER = "tests.services.other_process"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Return where the test's database stands."""
    return tmp_path / "test.db"


@pytest.fixture
async def database(file: Path) -> AsyncIterator[Database]:
    """Open a database with a process and a source."""
    async with opened(file) as database:
        await publish(database, process(parties=()), source())
        yield database


@pytest.fixture(autouse=True)
def _soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Look for publications more often than each second, so that no test has to wait."""
    monkeypatch.setattr(catalogue_module, "POLL_SECONDS", 0.001)


async def test_what_another_process_publishes_is_seen(database: Database, file: Path) -> None:
    """A second process publishes: the next look finds its number and its record, and the old snapshot is as it was."""
    catalogue = await Catalogue.open(database)
    before = catalogue.current
    assert not await catalogue.refresh()
    assert await run_module(OTHER, file, "gazette") == (0, "2\n")
    assert await catalogue.refresh()
    assert catalogue.current.number == 2
    assert [*catalogue.current.sources] == ["herald", "gazette"]
    assert (before.number, [*before.sources]) == (1, ["herald"])
    assert not await catalogue.refresh()


async def test_processes_that_publish_at_once_are_all_seen(database: Database, file: Path) -> None:
    """Two processes and this one publish at the same time; no publication is missed in the end."""
    catalogue = await Catalogue.open(database)
    await asyncio.gather(
        run_module(OTHER, file, "one"), run_module(OTHER, file, "two"), publish(database, source("three"))
    )
    await catalogue.refresh()
    assert catalogue.current.number == 4
    assert set(catalogue.current.sources) == {"herald", "one", "two", "three"}


async def test_a_snapshot_is_loaded_once_however_many_ask(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten that look at one instant share one load."""
    catalogue = await Catalogue.open(database)
    await catalogue.understand()  # so that nothing is left to encode
    loads, load = [], catalogue_module._load

    async def counted(of: Database, embeddings: Embeddings) -> object:
        loads.append(of)
        return await load(of, embeddings)

    monkeypatch.setattr(catalogue_module, "_load", counted)
    await publish(database, source("gazette"))
    assert sorted(await asyncio.gather(*(catalogue.refresh() for _ in range(10)))) == [False] * 9 + [True]
    assert len(loads) == 1


async def test_a_retracted_record_leaves_the_snapshot(database: Database) -> None:
    """After its retraction a question is gone; published again, it is back."""
    await publish(database, question())
    catalogue = await Catalogue.open(database)
    assert [*catalogue.current.questions] == ["what-was-agreed"]
    await publish(database, question(), change=Change.RETRACTION)
    await catalogue.refresh()
    assert not catalogue.current.questions
    await publish(database, question())
    await catalogue.refresh()
    assert [*catalogue.current.questions] == ["what-was-agreed"]


async def test_what_was_known_by_an_instant_can_be_asked(database: Database) -> None:
    """The snapshot of an earlier instant has the records, in the wording, that had been recorded before it."""
    await publish(database, source(title="Corrected"), source("gazette"), now=NOON + timedelta(days=1))
    catalogue = await Catalogue.open(database)
    then = await catalogue.as_known(NOON + timedelta(hours=1))
    assert [revision.record.title for revision in then.sources.values()] == ["A pause: what we know"]
    now = await catalogue.as_known(NOON + timedelta(days=2))
    assert [revision.record.title for revision in now.sources.values()] == ["Corrected", "A pause: what we know"]
    assert (await catalogue.as_known(NOON)).empty
    assert catalogue.current.number == 2


async def test_what_was_retracted_was_still_known_before(database: Database) -> None:
    """As we knew it then: a record that was withdrawn later is in the snapshot of a day before."""
    await publish(database, question())
    await publish(database, question(), change=Change.RETRACTION, now=NOON + timedelta(days=1))
    catalogue = await Catalogue.open(database)
    assert [*(await catalogue.as_known(NOON + timedelta(hours=1))).questions] == ["what-was-agreed"]
    assert not (await catalogue.as_known(NOON + timedelta(days=2))).questions


async def test_watching_calls_back_after_each_publication(database: Database) -> None:
    """Whoever watches is told once the new snapshot is in service, and once for each that it finds."""
    catalogue = await Catalogue.open(database)
    seen: asyncio.Queue[int] = asyncio.Queue()

    async def then() -> None:
        seen.put_nowait(catalogue.current.number)

    watching = asyncio.create_task(catalogue.watch(then))
    for number in (2, 3):
        await publish(database, source(f"source-{number}"))
        assert await asyncio.wait_for(seen.get(), 10) == number
    watching.cancel()
    await asyncio.gather(watching, return_exceptions=True)
    assert seen.empty()


async def test_a_failing_look_is_logged_and_tried_again(
    database: Database, file: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """While the publications cannot be read the old snapshot serves; once they can, the new one does."""
    catalogue = await Catalogue.open(database)
    called, failed = asyncio.Event(), asyncio.Event()
    logged = logging.Handler()
    logged.emit = lambda record: failed.set()  # type: ignore[method-assign]

    async def then() -> None:
        called.set()

    def rename(old: str, new: str) -> None:
        other = sqlite3.connect(file)
        try:
            other.execute(f"ALTER TABLE {old} RENAME TO {new}")
            other.commit()
        finally:
            other.close()

    await asyncio.to_thread(rename, "publications", "lost")
    catalogue_module._LOG.addHandler(logged)
    watching = asyncio.create_task(catalogue.watch(then))
    try:
        await asyncio.wait_for(failed.wait(), 10)
        assert catalogue.current.number == 1
        await asyncio.to_thread(rename, "lost", "publications")
        await publish(database, source("gazette"))
        await asyncio.wait_for(called.wait(), 10)
    finally:
        catalogue_module._LOG.removeHandler(logged)
        watching.cancel()
        await asyncio.gather(watching, return_exceptions=True)
    assert catalogue.current.number == 2
    assert "Could not look for new publications" in caplog.text


async def test_a_database_that_cannot_be_read_cannot_be_opened(tmp_path: Path) -> None:
    """A catalogue of tables that are missing is an operator's error, not an empty one."""
    database = Database(f"sqlite+aiosqlite:///{tmp_path / 'empty.db'}")
    try:
        with pytest.raises(StorageError, match="no such table"):
            await Catalogue.open(database)
    finally:
        await database.close()
