"""The life of a question: asked, not meant by what is offered, queued, drafted, refused, mended, published, told.

The bot is killed after every step, and the next step finds it dead: Telegram keeps what is said until it is back.
"""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.robustness.life import Life
from tests.telegram import FakeChat, FakeTelegram
from tests.telegram.messages import BotMessage

ASKED = "Who takes part in the talks in Jeddah?"


def button(message: BotMessage, begins: str) -> str:
    """Return the whole label of the message's button that begins so."""
    found = [label for label in message.labels if label.startswith(begins)]
    assert found, f"no button {begins!r} below {message.text!r}: {message.labels}"
    return found[0]


@pytest.mark.slow
async def test_a_question_goes_from_unanswered_to_told_through_kills(house: Path) -> None:
    """Nothing is lost at any step: the question, the wish, the draft, its fields, the word that is owed."""
    async with FakeTelegram() as telegram:
        ann = telegram.person("Ann").private_chat()
        olga_herself = telegram.person("Olga")
        olga = olga_herself.private_chat()
        life = Life(telegram, house, {"PARLEY_OWNER_IDS": str(olga_herself.id), "PARLEY_PUBLISH_HOLD": "0"})

        def press(chat: FakeChat, message: BotMessage, begins: str) -> Callable[[], object]:
            return lambda: chat.press(message, label=button(message, begins))

        offered = await life.step(ann, lambda: ann.send(ASKED), "Is it one of these?")
        refused = await life.step(ann, press(ann, offered, "None of these"), "Not covered yet.")
        await life.step(ann, press(ann, refused, "Tell me when"), "I will tell you here, once")
        queue = await life.step(olga, lambda: olga.send("/queue"), "Not answered yet: 1")
        cluster = await life.step(olga, press(olga, queue, "1: "), "Asked by 1 reader")
        await life.step(olga, press(olga, cluster, "Write an answer"), "Question")
        await life.step(olga, lambda: olga.send(ASKED), "Short answer")
        cites = await life.step(olga, lambda: olga.send("Ukraine takes part."), "Which source says so?")
        await life.step(olga, lambda: olga.send("/publish"), "cite the source that says so")
        cited = await life.step(olga, press(olga, cites, "blue News"), "To say where in the last one")
        card = await life.step(olga, press(olga, cited, "Next"), "What keeps it from being published")
        day = await life.step(olga, press(olga, card, "As of"), "For example")
        card = await life.step(olga, press(olga, day, "Today"), "What keeps it from being published")
        kind = await life.step(olga, press(olga, card, "Type"), "Choose")
        last = await life.step(olga, press(olga, kind, "fact"), "Type: fact")
        question = await life.step(olga, press(olga, last, "Publish…"), "No faults.")
        await life.step(olga, press(olga, question, "Publish"), "Published: 1 record.")
        await life.owed(ann, "You asked to be told: there is an answer now.")
        again = await life.step(ann, lambda: ann.send("who takes part in the jeddah talks"), ASKED)
        assert "Ukraine takes part. [1]" in again.text
        told = [message for message in ann.messages if message.text.startswith("You asked to be told")]
        assert len(told) == 1
