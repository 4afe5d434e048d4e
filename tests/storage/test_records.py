"""Records and their revisions in the database."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from sqlalchemy import text

from bot.domain.gate import World
from bot.domain.revision import Change, Revision, RevisionRef
from bot.errors import StorageError
from bot.storage import records
from bot.storage.database import Database
from bot.storage.records import NewRevision
from tests.domain import examples
from tests.domain.examples import agreement, event, party, process, question, source
from tests.storage.opening import NOON, publish
from tests.strategies import worlds

DAY = timedelta(days=1)


async def rows(database: Database, query: str) -> list[tuple[object, ...]]:
    """Return what the query finds."""
    async with database.read() as connection:
        return [tuple(row) for row in await connection.execute(text(query))]


async def test_a_publication_keeps_its_revisions_whole(database: Database) -> None:
    """What is read back is the record with its author, time, kind of change and note, in the order of publishing."""
    refs = await publish(database, *examples.records())
    async with database.read() as connection:
        found = await records.current(connection)
    expected = [
        Revision(RevisionRef(number, 1), NOON, "import", Change.UPDATE, "note", record)
        for number, record in enumerate(examples.records(), 1)
    ]
    assert found == tuple(expected)
    assert refs == tuple(revision.ref for revision in expected)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(worlds)
async def test_any_record_is_read_back_as_it_was_written(database: Database, drawn: World) -> None:
    """However hostile its words, a record comes back from the database equal to what went in."""
    await publish(database, *drawn.values())
    async with database.read() as connection:
        found = await records.current(connection)
    assert {(revision.record.kind, str(revision.record.slug)): revision.record for revision in found} == drawn


async def test_publications_are_numbered_from_one(database: Database) -> None:
    """Every publication has the next number, even one that holds nothing."""
    async with database.write() as connection:
        assert await records.publication_number(connection) == 0
        for number in (1, 2, 3):
            published, refs = await records.add(connection, [], author="a", note="n", now=NOON)
            assert (published, refs) == (number, ())
        assert await records.publication_number(connection) == 3


async def test_revisions_are_numbered_for_each_record(database: Database) -> None:
    """A record's second revision is number two whatever else was published between, under the same record."""
    await publish(database, process(parties=()), source())
    assert await publish(database, source(title="Two")) == (RevisionRef(2, 2),)
    assert await publish(database, source(title="Three"), process(parties=())) == (RevisionRef(2, 3), RevisionRef(1, 2))


async def test_records_of_two_kinds_may_share_a_slug(database: Database) -> None:
    """A slug names one record of its kind."""
    assert await publish(database, process(parties=()), source(), agreement("herald")) == tuple(
        RevisionRef(number, 1) for number in (1, 2, 3)
    )


async def test_every_link_is_kept_with_its_revision(database: Database) -> None:
    """The links of each revision stand in a table of their own, and lead to the records they name."""
    await publish(database, *examples.records())
    await publish(database, event(actors=("southland",)))
    found = await rows(
        database,
        "SELECT refs.number, path, kind, slug FROM refs JOIN records ON id = target "
        "WHERE record = (SELECT id FROM records WHERE kind = 'event') ORDER BY 1, 2",
    )
    assert found == [
        (1, "actors.0", "party", "northland"),
        (1, "actors.1", "party", "southland"),
        (1, "agreements.0", "agreement", "pause"),
        (1, "process", "process", "talks"),
        (1, "text.0.cite.0.source", "source", "herald"),
        (2, "actors.0", "party", "southland"),
        (2, "agreements.0", "agreement", "pause"),
        (2, "process", "process", "talks"),
        (2, "text.0.cite.0.source", "source", "herald"),
    ]


async def test_a_link_to_a_record_that_is_missing_publishes_nothing(database: Database) -> None:
    """One link that leads nowhere, and neither its record nor any other of the publication is there."""
    with pytest.raises(KeyError):
        await publish(database, process(parties=()), source(), question(related=("nobody",)))
    for table in ("publications", "records", "revisions", "refs"):
        assert await rows(database, f"SELECT * FROM {table}") == []  # noqa: S608 - names of tables


async def test_a_linked_record_cannot_be_taken_out(database: Database) -> None:
    """The database itself holds the links: a record that others name cannot be deleted from under them."""
    await publish(database, *examples.records())
    for query in ("DELETE FROM records WHERE slug = 'northland'", "DELETE FROM revisions WHERE record = 2"):
        with pytest.raises(StorageError, match="FOREIGN KEY"):
            async with database.write() as connection:
                await connection.execute(text(query))


async def test_records_may_link_to_each_other_within_a_publication(database: Database) -> None:
    """The order inside a publication does not matter, nor do circles."""
    one, two = question("one", related=("two",)), question("two", related=("one",))
    refs = await publish(database, one, two, source(), process(parties=()))
    assert [ref.record for ref in refs] == [1, 2, 3, 4]


async def test_what_was_known_by_an_instant_is_what_had_been_recorded_before_it(database: Database) -> None:
    """Each record's latest revision before the instant; what came later, or at that very instant, is left out."""
    await publish(database, process(parties=()), source(title="First"))
    await publish(database, source(title="Second"), party(), now=NOON + DAY)

    async def known(instant: timedelta) -> list[str]:
        async with database.read() as connection:
            found = await records.current(connection, known_by=NOON + instant)
        return [getattr(revision.record, "title", "a party") for revision in found]

    assert await known(timedelta()) == []
    assert await known(timedelta(microseconds=1)) == ["The harbour talks", "First"]
    assert await known(DAY) == ["The harbour talks", "First"]
    assert await known(2 * DAY) == ["The harbour talks", "Second", "a party"]


async def test_retracted_records_are_told_apart_not_left_out(database: Database) -> None:
    """The newest revision of a retracted record says that it is one; whoever serves readers leaves it out."""
    await publish(database, process(parties=()), source())
    await publish(database, source(), change=Change.RETRACTION)
    async with database.read() as connection:
        found = await records.current(connection)
    assert [(revision.ref, revision.change) for revision in found] == [
        (RevisionRef(1, 1), Change.UPDATE),
        (RevisionRef(2, 2), Change.RETRACTION),
    ]


@pytest.mark.parametrize("body", ["{}", '{"slug": "herald", "unknown": 1}', "not json", "[1]"])
async def test_a_body_that_cannot_be_read_says_what_to_do(database: Database, body: str) -> None:
    """A damaged body, or one of a shape to come, is an operator's error that names the kind and the remedy."""
    await publish(database, process(parties=()), source())
    async with database.write() as connection:
        await connection.execute(text("UPDATE revisions SET body = :body WHERE record = 2"), {"body": body})
    async with database.read() as connection:
        with pytest.raises(StorageError, match=r"A stored source \(schema 1\) cannot be read by this Parley: upgrade"):
            await records.current(connection)


async def test_a_body_of_an_older_shape_without_a_way_up_says_what_to_do(database: Database) -> None:
    """A schema number that no step leads up from is refused, not guessed at."""
    await publish(database, process(parties=()), source())
    async with database.write() as connection:
        await connection.execute(text("UPDATE revisions SET schema = 0 WHERE record = 2"))
    async with database.read() as connection:
        with pytest.raises(StorageError, match=r"A stored source \(schema 0\) cannot be read"):
            await records.current(connection)


def test_the_change_of_a_revision_is_given_by_whoever_publishes() -> None:
    """A new revision carries its own kind of change and note."""
    new = NewRevision(source(), Change.CORRECTION, "The date was wrong.")
    assert (new.change, new.note) == (Change.CORRECTION, "The date was wrong.")
