"""The pace: Telegram's limits as a pure schedule."""

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.channels.telegram.pace import SECOND, Chats, Pace

GROUP = -100


def test_a_chat_gets_one_message_a_second() -> None:
    """The next message to a chat waits a second; one to another chat does not."""
    chats = Chats()
    chats.note(1, 100.0)
    assert chats.ready(1) >= 101.0
    assert chats.ready(2) <= 100.0


def test_a_group_gets_twenty_a_minute() -> None:
    """After twenty messages within a minute the group waits until the first is a minute past."""
    chats = Chats()
    for second in range(20):
        chats.note(GROUP, 100.0 + second * 1.5)
    assert chats.ready(GROUP) >= 160.0


def test_a_chat_is_remembered_while_it_must_wait_and_no_longer() -> None:
    """However many chats get messages, only those of the last second, and groups of the last minute, are held."""
    chats = Chats()
    chats.note(GROUP, 0.0)
    for number in range(1, 5001):
        chats.note(number, number / 1000)
        assert chats.ready(number) >= number / 1000 + 1
        assert chats.ready(max(1, number - 900)) > number / 1000
    assert len(chats._people) <= 1000 * SECOND + 1
    assert chats.ready(GROUP) >= 1.0
    chats.note(GROUP - 1, 100.0)
    assert list(chats._groups) == [GROUP - 1]


def test_thirty_a_second_in_all() -> None:
    """The thirty-first message within a second waits for the first to be a second past."""
    pace = Pace()
    for _ in range(30):
        assert pace.ready(100.0) <= 100.0
        pace.note(100.0).arrived = 100.2
    assert pace.ready(100.5) >= 101.2


def test_a_message_on_its_way_counts_as_one_that_just_arrived_for_a_while() -> None:
    """While the first of thirty is under way its second has not begun; one that hangs holds nobody up for long."""
    pace, paid = Pace(), Pace(sure=False)
    for _ in range(30):
        pace.note(100.0)
        paid.note(100.0)
    assert pace.ready(100.2) >= 101.2
    assert pace.ready(110.0) <= 102.0
    assert paid.ready(110.0) <= 101.0


def test_an_imposed_wait_is_a_deadline() -> None:
    """A chat told to wait waits to the end of it, others do not."""
    pace = Pace()
    pace.halt(1, until=130.0, now=100.0)
    assert pace.held(1) == 130.0
    assert pace.held(2) == 0.0
    assert pace.ready(100.0) <= 100.0


def test_two_chats_told_to_wait_halt_all() -> None:
    """When Telegram holds back several chats at once it means the bot; a wait that has ended counts for nothing."""
    pace = Pace()
    pace.halt(1, until=130.0, now=100.0)
    pace.halt(2, until=140.0, now=135.0)
    assert pace.ready(135.0) == 0.0
    pace.halt(3, until=138.0, now=136.0)
    assert pace.ready(136.0) == 138.0


@settings(deadline=None, max_examples=60)
@given(st.lists(st.sampled_from([1, 2, 3, GROUP]), min_size=1, max_size=120))
def test_no_window_ever_holds_more_than_telegram_allows(chats: list[int]) -> None:
    """Whatever the order of messages, keeping to the schedule keeps every limit."""
    pace, known, now = Pace(rate=5), Chats(), 0.0
    sent: list[tuple[float, int]] = []
    for chat in chats:
        now = max(now, known.ready(chat), pace.ready(now))
        pace.note(now).arrived = now
        known.note(chat, now)
        sent.append((now, chat))
    for start, chat in sent:
        second = [other for at, other in sent if start <= at < start + 1]
        assert len(second) <= 5
        assert second.count(chat) <= 1
        assert sum(other == GROUP and start <= at < start + 60 for at, other in sent) <= 20
