"""Buttons are numbers."""

import re

from tests.channels.terminal.house import Talk


def number_of(label: str, answer: str) -> str:
    """Return the number that presses the button with this label."""
    found = re.search(rf"(\d+)\) {re.escape(label)}", answer)
    assert found, answer
    return found[1]


def test_a_number_presses_the_button(talk: Talk) -> None:
    """The number below the newest message runs the button's command."""
    (start,) = talk.piped("/start")
    _, pressed = talk.piped("/start", number_of("Agreements", start))
    assert pressed.startswith("Agreements: Russia")


def test_numbers_may_be_typed_as_shown(talk: Talk) -> None:
    """`2`, `2)` and `[2]` are the same."""
    answers = talk.piped("/start", "2", "/start", "2)", "/start", "[2]")
    assert answers[1] == answers[3] == answers[5]
    assert answers[1].startswith("Questions with an answer")


def test_buttons_outlive_messages_without_any(talk: Talk) -> None:
    """A message without buttons leaves those of the one before in force."""
    *_, pressed = talk.piped("/start", "/privacy", "2")
    assert pressed.startswith("Questions with an answer")


def test_a_number_without_a_button_is_said_to_be_none(talk: Talk) -> None:
    """It is told apart whether there are other buttons or none at all."""
    assert talk.piped("7") == ["There are no buttons to press yet."]
    assert talk.piped("/start", "99")[1] == "No button has the number 99. Press one from 1 to 4."
    assert talk.piped("/start", "0")[1] == "No button has the number 0. Press one from 1 to 4."


def test_a_year_is_a_question(talk: Talk) -> None:
    """Four digits press nothing."""
    assert "button" not in talk.piped("/start", "2025")[1]


def test_a_button_of_a_turned_page_is_pressed_in_turn(talk: Talk) -> None:
    """From the welcome to the questions and on to an answer, by numbers alone."""
    questions = talk.piped("/start", "2")[1]
    number = number_of("What happens next in the talks?", questions)
    assert talk.piped("/start", "2", number)[2].startswith("What happens next in the talks?\n\n")


def test_a_rating_is_thanked_for(talk: Talk) -> None:
    """A notice, which Telegram shows over the button, is a line here."""
    (agreed,) = talk.piped("/agreed")
    assert talk.piped("/agreed", number_of("👍", agreed))[1] == "Thank you. Good to know that this helped."


def test_a_page_turns_below_itself(talk: Talk) -> None:
    """What Telegram turns in place comes below the page here."""
    (page,) = talk.piped("/asof 2025-03-19")
    _, turned = talk.piped("/asof 2025-03-19", number_of("As we knew it then", page))
    assert "As we knew it then: only what had been recorded" in turned
