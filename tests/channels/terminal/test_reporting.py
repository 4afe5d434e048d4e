"""A report is a dialogue: a message asks, the next line is the reply to it."""

import sqlite3
from contextlib import closing
from pathlib import Path

from tests.channels.terminal.house import Talk


def reports(database: Path) -> list[str]:
    """Return the words of all reports."""
    with closing(sqlite3.connect(database)) as connection:
        return [text for (text,) in connection.execute("select text from reports order by id")]


def shown_messages(database: Path) -> list[int | None]:
    """Return the numbers of all messages that the ledger knows."""
    with closing(sqlite3.connect(database)) as connection:
        return [number for (number,) in connection.execute("select message from ledger order by id")]


def test_the_next_line_is_the_report(talk: Talk) -> None:
    """What follows the message that asks is kept, and what follows that is a question again."""
    _, asks, thanks, after = talk.piped("/agreed", "/report", "The date is wrong.", "/privacy")
    assert asks.endswith("Your next line is the reply; an empty one calls it off.")
    assert thanks.startswith("Thank you. The desk has your report no. 1 on “What did Trump and Putin")
    assert after.startswith("What is kept of you")
    assert reports(talk.database) == ["The date is wrong."]


def test_an_empty_line_calls_it_off(talk: Talk) -> None:
    """After an empty line the next one is a question."""
    *_, off, after = talk.piped("/agreed", "/report", "", "What happens next in the talks?")
    assert off == "Called off; nothing was sent."
    assert after.startswith("What happens next")
    assert reports(talk.database) == []


def test_a_command_calls_it_off(talk: Talk) -> None:
    """Whoever goes on with a command means no report by their next words."""
    talk.piped("/agreed", "/report", "/help", "What happens next in the talks?")
    assert reports(talk.database) == []


def test_a_button_calls_it_off(talk: Talk) -> None:
    """Whoever presses a button likewise."""
    talk.piped("/start", "/agreed", "/report", "1", "What happens next in the talks?")
    assert reports(talk.database) == []


def test_a_mistyped_number_does_not(talk: Talk) -> None:
    """A number that presses nothing leaves the reply waited for."""
    talk.piped("/agreed", "/report", "99", "The date is wrong.")
    assert reports(talk.database) == ["The date is wrong."]


def test_a_report_may_be_too_long(talk: Talk) -> None:
    """Ten thousand characters are refused in plain words."""
    *_, refused = talk.piped("/agreed", "/report", "x" * 10_000)
    assert refused.startswith("That is longer than I can keep.")


def test_the_ledger_knows_each_message(talk: Talk) -> None:
    """Every message that tells something is confirmed, under a number larger than all before."""
    talk.piped("/agreed", "/brief", "/report")
    numbers = [number or 0 for number in shown_messages(talk.database)]
    assert len(numbers) == 3
    assert numbers == sorted(set(numbers))
    assert numbers[0] > 10**15
