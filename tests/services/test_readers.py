"""What services keep of readers: under which name, how much, and for how long."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from bot.domain.revision import RevisionRef
from bot.rendering.limits import BUTTON_BYTES
from bot.services.buttons import Buttons
from bot.services.feedback import REPORTS_A_DAY, Feedback
from bot.services.pseudonym import Pseudonyms
from bot.services.retention import Retention, erase_expired
from bot.services.topics import Topics
from bot.storage import ledger
from bot.storage.database import Database
from bot.storage.feedback import Verdict
from bot.storage.ledger import Telling, Told
from tests.domain.examples import process, source
from tests.storage.opening import NOON, publish

ANN, BEN = 123456789, 987654321
REF = RevisionRef(2, 1)
SECRET = b"a secret of the installation"
TOLD = Told("/brief", (REF,))
DAY, SECOND = timedelta(days=1), timedelta(seconds=1)


@pytest.fixture
async def feedback(database: Database) -> Feedback:
    """Return the service, with a process and a source published."""
    await publish(database, process(parties=()), source())
    return Feedback(database, Pseudonyms(SECRET))


async def rows(database: Database, query: str) -> list[tuple[object, ...]]:
    """Return what the query finds."""
    async with database.read() as connection:
        return [tuple(row) for row in await connection.execute(text(query))]


def test_a_pseudonym_is_always_the_same_under_one_key() -> None:
    """The same reader is the same pseudonym after a restart, so that reports can be counted and ratings replaced."""
    assert Pseudonyms(SECRET).of(ANN) == Pseudonyms(SECRET).of(ANN) == "92bc9821bd49a653e3ffd3f68182a27b"


def test_pseudonyms_differ_by_reader_and_by_key() -> None:
    """Nobody can tell readers from their pseudonyms without the key, nor match them across installations."""
    made = {Pseudonyms(secret).of(reader) for secret in (SECRET, b"other") for reader in range(200)}
    assert len(made) == 400
    assert all(len(name) == 32 and set(name) <= set("0123456789abcdef") for name in made)


def test_the_key_is_not_shown() -> None:
    """Neither the secret nor the key stands in what a log would show."""
    shown = f"{Pseudonyms(SECRET)!r} {Pseudonyms(SECRET)}"
    assert shown == "Pseudonyms() Pseudonyms()"


async def test_a_readers_id_is_nowhere_in_the_database(feedback: Feedback, database: Database) -> None:
    """Ratings and reports hold the pseudonym alone."""
    assert await feedback.rate(ANN, REF, Verdict.UP, NOON)
    assert await feedback.report(ANN, "Wrong.", TOLD, NOON) == 1
    kept = await rows(database, "SELECT reader FROM ratings UNION ALL SELECT reader FROM reports")
    assert kept == [(Pseudonyms(SECRET).of(ANN),)] * 2


async def test_a_rating_replaces_the_readers_earlier_one(feedback: Feedback, database: Database) -> None:
    """Pressing the other thumb changes the verdict; a revision that does not exist takes none."""
    assert await feedback.rate(ANN, REF, Verdict.UP, NOON)
    assert await feedback.rate(ANN, REF, Verdict.DOWN, NOON)
    assert not await feedback.rate(ANN, RevisionRef(2, 9), Verdict.UP, NOON)
    assert await rows(database, "SELECT verdict FROM ratings") == [("down",)]


async def test_a_reader_has_so_many_reports_a_day(feedback: Feedback, database: Database) -> None:
    """One more is not kept, however fast they come; other readers are not held up; a day later there is room again."""
    for number in range(1, REPORTS_A_DAY + 1):
        assert await feedback.report(ANN, "Wrong.", TOLD, NOON) == number
    assert await feedback.report(ANN, "Wrong.", TOLD, NOON + DAY) is None
    assert await rows(database, "SELECT count(*) FROM reports") == [(REPORTS_A_DAY,)]
    assert await feedback.report(BEN, "Wrong.", TOLD, NOON) == REPORTS_A_DAY + 1
    assert await feedback.report(ANN, "Wrong.", TOLD, NOON + DAY + SECOND) == REPORTS_A_DAY + 2


async def test_what_is_past_its_time_is_erased(feedback: Feedback, database: Database) -> None:
    """Ledger, feedback and tokens go when their time is up, and not an instant earlier."""
    async with database.write() as connection:
        await ledger.add(connection, [Telling(NOON, 7, "/brief", "en", (REF,))])
    await feedback.rate(ANN, REF, Verdict.UP, NOON)
    await feedback.report(ANN, "Wrong.", TOLD, NOON)
    await Buttons(database).data_for("/asof " + "x" * 100, ANN, NOON)
    keep = Retention(ledger=10 * DAY, feedback=20 * DAY)

    async def left() -> list[object]:
        tables = ("ledger", "ledger_tells", "ratings", "reports", "report_tells", "tokens")
        return [(await rows(database, f"SELECT count(*) FROM {table}"))[0][0] for table in tables]  # noqa: S608

    assert await erase_expired(database, keep, NOON + 10 * DAY) == 0
    assert await erase_expired(database, keep, NOON + 10 * DAY + SECOND) == 1
    assert await left() == [0, 0, 1, 1, 1, 1]
    assert await erase_expired(database, keep, NOON + 20 * DAY + SECOND) == 2
    assert await left() == [0, 0, 0, 0, 0, 1]
    assert await erase_expired(database, keep, NOON + 30 * DAY) == 1
    assert await left() == [0] * 6


def test_feedback_and_ledger_are_kept_a_year_unless_settings_say_otherwise() -> None:
    """What /privacy tells is what is done."""
    assert Retention() == Retention(ledger=timedelta(days=365), feedback=timedelta(days=365))


@pytest.mark.parametrize("line", ["/brief", "x" * BUTTON_BYTES, "/ask " + "ж" * 29])
async def test_a_line_that_fits_is_its_own_data(database: Database, line: str) -> None:
    """Up to 64 bytes a button carries the command line itself, which nothing has to be kept for."""
    buttons = Buttons(database)
    assert await buttons.data_for(line, ANN, NOON) == line
    assert await buttons.line_for(line, BEN, NOON + 365 * DAY) == line
    assert await rows(database, "SELECT * FROM tokens") == []


@pytest.mark.parametrize("line", ["x" * (BUTTON_BYTES + 1), "/ask " + "ж" * 30, "~forged"])
async def test_a_longer_line_is_kept_for_its_reader(database: Database, line: str) -> None:
    """A line too long, or one that looks like a token, becomes a token for the reader who was shown the button."""
    buttons = Buttons(database)
    data = await buttons.data_for(line, ANN, NOON)
    assert len(data.encode()) <= BUTTON_BYTES
    assert await buttons.line_for(data, ANN, NOON) == line
    assert await buttons.line_for(data, BEN, NOON) is None
    assert await buttons.line_for(data, ANN, NOON + 30 * DAY) is None
    assert await buttons.line_for("~forged", ANN, NOON) is None


async def test_a_chats_topic_outlives_a_restart(database: Database) -> None:
    """A choice is in force at once and found again by whoever opens the database next."""
    await publish(database, process(parties=()), source())
    topics = await Topics.open(database)
    assert topics.chosen(7) is None
    await topics.choose(7, "talks")
    assert topics.chosen(7) == "talks"
    assert (await Topics.open(database)).chosen(7) == "talks"
