"""The pace: Telegram's limits as a pure schedule."""

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.channels.telegram.pace import Pace

GROUP = -100


def note(pace: Pace, chat: int, now: float) -> None:
    """Note that a message goes out to the chat."""
    pace.note(now)
    pace.note_chat(chat, now)


def test_a_chat_gets_one_message_a_second() -> None:
    """The next message to a chat waits a second; one to another chat does not."""
    pace = Pace()
    note(pace, 1, 100.0)
    assert pace.chat_ready(1) >= 101.0
    assert pace.chat_ready(2) <= 100.0


def test_a_group_gets_twenty_a_minute() -> None:
    """After twenty messages within a minute the group waits until the first is a minute past."""
    pace = Pace()
    for second in range(20):
        note(pace, GROUP, 100.0 + second * 1.5)
    assert pace.chat_ready(GROUP) >= 160.0


def test_thirty_a_second_in_all() -> None:
    """The thirty-first message within a second waits for the first to be a second past."""
    pace = Pace()
    for chat in range(1, 31):
        assert pace.ready() <= 100.0
        note(pace, chat, 100.0)
    assert pace.ready() >= 101.0


def test_an_imposed_wait_is_a_deadline() -> None:
    """A chat told to wait waits to the end of it, others do not."""
    pace = Pace()
    pace.halt(1, until=130.0, now=100.0)
    assert pace.chat_ready(1) == 130.0
    assert pace.ready() <= 100.0


def test_two_chats_told_to_wait_halt_all() -> None:
    """When Telegram holds back several chats at once it means the bot."""
    pace = Pace()
    pace.halt(1, until=130.0, now=100.0)
    pace.halt(2, until=120.0, now=101.0)
    assert pace.ready() == 120.0


@settings(deadline=None, max_examples=60)
@given(st.lists(st.sampled_from([1, 2, 3, GROUP]), min_size=1, max_size=120))
def test_no_window_ever_holds_more_than_telegram_allows(chats: list[int]) -> None:
    """Whatever the order of messages, keeping to the schedule keeps every limit."""
    pace, now = Pace(rate=5), 0.0
    sent: list[tuple[float, int]] = []
    for chat in chats:
        now = max(now, pace.chat_ready(chat), pace.ready())
        note(pace, chat, now)
        sent.append((now, chat))
    for start, chat in sent:
        second = [other for at, other in sent if start <= at < start + 1]
        assert len(second) <= 5
        assert second.count(chat) <= 1
        assert sum(other == GROUP and start <= at < start + 60 for at, other in sent) <= 20
