"""Publishing: all or nothing, with the number that every process looks for."""

import asyncio

import pytest

from bot.domain.revision import Change, RevisionRef
from bot.services.publish import Publication, publish
from bot.storage import records
from bot.storage.database import Database
from bot.storage.records import NewRevision
from tests.domain.examples import process, question, source
from tests.storage.opening import NOON

PROCESS = NewRevision(process(parties=()), Change.UPDATE, "new")
SOURCE = NewRevision(source(), Change.UPDATE, "new")


async def publications(database: Database) -> int:
    """Return the newest publication's number."""
    async with database.read() as connection:
        return await records.publication_number(connection)


async def test_a_publication_has_the_next_number_and_its_revisions_in_order(database: Database) -> None:
    """Each publication counts one up, and names what it wrote in the order that it was given."""
    first = await publish(database, [PROCESS, SOURCE], author="ann", note="begun", now=NOON)
    again = NewRevision(source(title="Other"), Change.CORRECTION, "The title was wrong.")
    second = await publish(database, [again, PROCESS], author="ben", note="corrected", now=NOON)
    assert first == Publication(1, (RevisionRef(1, 1), RevisionRef(2, 1)))
    assert second == Publication(2, (RevisionRef(2, 2), RevisionRef(1, 2)))
    async with database.read() as connection:
        newest = (await records.current(connection))[1]
    assert (newest.author, newest.change, newest.note) == ("ben", Change.CORRECTION, "The title was wrong.")


async def test_a_publication_is_all_or_nothing(database: Database) -> None:
    """One link that leads nowhere, and no record of the publication is there, nor its number."""
    astray = NewRevision(question(related=("nobody",)), Change.UPDATE, "new")
    with pytest.raises(KeyError):
        await publish(database, [PROCESS, SOURCE, astray], author="ann", note="", now=NOON)
    assert await publications(database) == 0
    async with database.read() as connection:
        assert await records.current(connection) == ()
    assert (await publish(database, [PROCESS, SOURCE], author="ann", note="", now=NOON)).number == 1


async def test_publications_at_one_instant_each_have_their_own_number(database: Database) -> None:
    """Ten that are published at once are numbered in one line, and so are the record's revisions."""
    await publish(database, [PROCESS, SOURCE], author="ann", note="", now=NOON)
    made = await asyncio.gather(*(publish(database, [SOURCE], author="ann", note="", now=NOON) for _ in range(10)))
    assert sorted(publication.number for publication in made) == list(range(2, 12))
    assert sorted(publication.refs[0].number for publication in made) == list(range(2, 12))
