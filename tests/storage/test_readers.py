"""What is kept for readers: tokens, ratings and reports, and the process a chat has chosen."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from bot.domain.revision import RevisionRef
from bot.errors import StorageError
from bot.storage import chats, feedback, tokens
from bot.storage.database import Database
from bot.storage.feedback import Report, Verdict
from tests.domain.examples import process, source
from tests.storage.opening import NOON, publish

SECOND, DAY = timedelta(seconds=1), timedelta(days=1)
ANN, BEN = 1, 2
REF = RevisionRef(2, 1)


async def token_for(database: Database, line: str, reader: int | None) -> str:
    """Keep the line at noon."""
    async with database.write() as connection:
        return await tokens.add(connection, line, reader, NOON)


async def test_a_token_stands_for_its_line_until_it_expires(database: Database) -> None:
    """For thirty days a token gives its line back, then no more."""
    token = await token_for(database, "/asof 2025-03-20 " + "x" * 200, ANN)
    async with database.read() as connection:
        line = await tokens.line_of(connection, token, ANN, NOON + 30 * DAY - SECOND)
        assert line == "/asof 2025-03-20 " + "x" * 200
        assert await tokens.line_of(connection, token, ANN, NOON + 30 * DAY) is None


async def test_a_token_is_bound_to_its_reader(database: Database) -> None:
    """Another reader who presses the button gets nothing; one made for anybody works for all."""
    bound, free = await token_for(database, "/mine", ANN), await token_for(database, "/any", None)
    async with database.read() as connection:
        assert await tokens.line_of(connection, bound, BEN, NOON) is None
        assert await tokens.line_of(connection, bound, ANN, NOON) == "/mine"
        assert await tokens.line_of(connection, free, BEN, NOON) == "/any"
        assert await tokens.line_of(connection, "unknown", ANN, NOON) is None


async def test_tokens_cannot_be_guessed(database: Database) -> None:
    """Each is new, of 128 random bits, and short enough for a button of 64 bytes with its sign."""
    made = [await token_for(database, "/same", ANN) for _ in range(20)]
    assert len(set(made)) == 20
    assert {len(token) for token in made} == {22}


async def test_expired_tokens_are_erased(database: Database) -> None:
    """Erasing takes what has expired at that instant and leaves what has not."""
    await token_for(database, "/old", ANN)
    async with database.write() as connection:
        await tokens.add(connection, "/new", ANN, NOON + SECOND)
        assert await tokens.purge(connection, NOON + 30 * DAY) == 1
        assert await tokens.purge(connection, NOON + 30 * DAY) == 0


@pytest.fixture
async def published(database: Database) -> Database:
    """Publish a process and a source."""
    await publish(database, process(parties=()), source())
    return database


async def verdicts(database: Database) -> list[tuple[object, ...]]:
    """Return every rating that is kept."""
    async with database.read() as connection:
        query = text("SELECT reader, record, number, verdict FROM ratings ORDER BY reader")
        return [tuple(row) for row in await connection.execute(query)]


async def test_a_reader_has_one_rating_of_a_revision(published: Database) -> None:
    """A second rating takes the place of the first; another reader's stands beside it."""
    async with published.write() as connection:
        assert await feedback.rate(connection, "ann", REF, Verdict.UP, NOON)
        assert await feedback.rate(connection, "ben", REF, Verdict.UP, NOON)
        assert await feedback.rate(connection, "ann", REF, Verdict.DOWN, NOON)
    assert await verdicts(published) == [("ann", 2, 1, "down"), ("ben", 2, 1, "up")]


@pytest.mark.parametrize("ref", [RevisionRef(2, 2), RevisionRef(99, 1), RevisionRef(0, 0), RevisionRef(10**15, 1)])
async def test_what_does_not_exist_cannot_be_rated(published: Database, ref: RevisionRef) -> None:
    """A rating of an unknown revision, whoever made the button up, is not kept."""
    async with published.write() as connection:
        assert not await feedback.rate(connection, "ann", ref, Verdict.UP, NOON)
    assert await verdicts(published) == []


async def test_a_report_keeps_what_had_been_told(published: Database) -> None:
    """The words, the command line and the revisions shown are kept under the report's number."""
    async with published.write() as connection:
        assert await feedback.add_report(connection, Report(NOON, "ann", "Wrong day.", "/brief", (REF,))) == 1
        assert await feedback.add_report(connection, Report(NOON, "ann", "Nothing shown.", "/brief", ())) == 2
    async with published.read() as connection:
        kept = await connection.execute(text("SELECT id, reader, text, line FROM reports ORDER BY id"))
        told = await connection.execute(text("SELECT report, record, number FROM report_tells"))
        assert [tuple(row) for row in kept] == [
            (1, "ann", "Wrong day.", "/brief"),
            (2, "ann", "Nothing shown.", "/brief"),
        ]
        assert [tuple(row) for row in told] == [(1, 2, 1)]


async def test_a_readers_reports_are_counted_since_an_instant(published: Database) -> None:
    """Those of the instant and later count, others' do not."""
    async with published.write() as connection:
        for reader, hours in (("ann", 0), ("ann", 1), ("ann", 2), ("ben", 2)):
            made = NOON + timedelta(hours=hours)
            await feedback.add_report(connection, Report(made, reader, "x", "/brief", (REF,)))
        assert await feedback.reports_since(connection, "ann", NOON + timedelta(hours=1)) == 2
        assert await feedback.reports_since(connection, "nobody", NOON) == 0


async def test_old_feedback_is_erased(published: Database) -> None:
    """Ratings and reports from before the instant go, with what the reports were about."""
    async with published.write() as connection:
        for made in (NOON - SECOND, NOON):
            await feedback.add_report(connection, Report(made, "ann", "x", "/brief", (REF,)))
        await feedback.rate(connection, "ann", REF, Verdict.UP, NOON - SECOND)
        await feedback.rate(connection, "ben", REF, Verdict.UP, NOON)
        assert await feedback.purge(connection, NOON) == 2
        left = await connection.execute(text("SELECT report FROM report_tells"))
        assert left.scalars().all() == [2]
    assert await verdicts(published) == [("ben", 2, 1, "up")]


async def test_a_chat_keeps_its_newest_choice(published: Database) -> None:
    """Choosing again replaces the choice; other chats keep theirs."""
    await publish(published, process("other", parties=()))
    async with published.write() as connection:
        await chats.choose_process(connection, 7, "talks")
        await chats.choose_process(connection, -8, "talks")
        await chats.choose_process(connection, 7, "other")
    async with published.read() as connection:
        assert await chats.all_chosen(connection) == {7: "other", -8: "talks"}


async def test_a_process_that_does_not_exist_cannot_be_chosen(published: Database) -> None:
    """An unknown process, or a record of another kind, is refused, and the earlier choice stays."""
    async with published.write() as connection:
        await chats.choose_process(connection, 7, "talks")
    for slug in ("nowhere", "herald"):
        with pytest.raises(StorageError):
            async with published.write() as connection:
                await chats.choose_process(connection, 7, slug)
    async with published.read() as connection:
        assert await chats.all_chosen(connection) == {7: "talks"}
