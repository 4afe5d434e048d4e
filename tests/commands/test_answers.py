"""What a reader gets for a question."""

import pytest

from bot.app import App
from bot.rendering.limits import visible
from tests.commands.conftest import Talk
from tests.conftest import Clock

FIVE = {
    "agreed": "what-was-agreed",
    "ukraine": "ukraines-role",
    "next": "what-happens-next",
    "putin": "putins-position",
    "trump": "what-it-means-for-trump",
}


@pytest.mark.parametrize("command", FIVE)
async def test_each_answer_shows_all_that_an_answer_needs(talk: Talk, command: str) -> None:
    """Question, numbered citations, as-of date, source with credits, share link, related questions, 👍 and 👎."""
    text = await talk.text(f"/{command}")
    question = talk.app.parts.catalogue.current.questions[FIVE[command]].record
    assert text.startswith(question.question)
    assert "[1]" in text
    assert "As of 18 March 2025" in text
    assert "[1] Jan-Niklas Jäger: " in text
    assert "blue News, 18 March 2025" in text
    assert "dpa" in text
    assert f"t.me/ParleyBot?start=q_{question.slug}" in text
    labels = [button.label for row in talk.sent[-1].buttons for button in row]
    assert {"👍", "👎", "Report an error", "Where this comes from"} <= set(labels)
    assert talk.app.parts.catalogue.current.questions[question.related[0]].record.question in labels


async def test_certainty_is_named_where_it_is_not_plain_fact(talk: Talk) -> None:
    """A claim names who claims it, an assessment its author, hearsay that it is hearsay."""
    agreed, putin = await talk.text("/agreed"), await talk.text("/putin")
    assert "Said to be so: Putin has already given the order." in agreed
    assert "According to the White House: The pause starts immediately." in agreed
    assert "According to the Kremlin: First condition" in putin
    assert "Assessment by Jan-Niklas Jäger: Putin remains firm." in putin


async def test_a_stale_answer_says_so(talk: Talk, clock: Clock) -> None:
    """Past the process's own limit of thirty days the answer warns that things may have changed."""
    assert "may have changed" not in await talk.text("/agreed")
    clock.advance(days=60)
    assert "Not reviewed since: things may have changed." in await talk.text("/agreed")


async def test_a_long_answer_folds(talk: Talk) -> None:
    """The full answer stands in a quote that Telegram folds; the short one above it."""
    await talk.say("/agreed")
    before, fold, _ = talk.sent[-1].html.partition("<blockquote expandable>")
    assert fold
    assert "30 days" in before


async def test_asking_keeps_none_of_the_readers_words(talk: Talk) -> None:
    """The ledger's line makes the answer again without what was typed."""
    await talk.say("/ask What did Trump and Putin agree on the telephone?")
    assert talk.sent[-1].line == "/start q_what-was-agreed"
    assert all("telephone?" not in message.line for message in talk.sent)


async def test_what_nothing_covers_is_refused(talk: Talk) -> None:
    """A question that no record answers gets the plain word, not the nearest look-alike."""
    text = await talk.text("What is the recipe for borscht?")
    assert text.startswith("Not covered yet.")
    assert "You asked: What is the recipe for borscht?" in text


async def test_an_empty_question_is_answered_with_how_to_ask(talk: Talk) -> None:
    """/ask alone shows examples, and so does a message without words."""
    assert "Just type your question" in await talk.text("/ask")
    assert "What did Trump and Putin agree" in await talk.text("/ask   ")


async def test_a_story_is_asked_to_be_shorter(talk: Talk) -> None:
    """More than five hundred characters are no question."""
    assert "500 characters or fewer" in await talk.text("why " * 200)


@pytest.mark.parametrize(
    "line",
    [
        "\0\0\0",
        "\u202eksa\u202c what was agreed",
        "<b>what was agreed</b> <script>alert(1)</script>",
        "'; DROP TABLE records; --",
        "{{ 7 * 7 }} {% for x in y %} {# #}",
        "/agreement <i>",
        "/party {{ config }}",
        "/asof '; DELETE FROM revisions; --",
        "/topics ../../etc/passwd",
        "/agreements " + "x" * 4000,
        "/timeline 99999999999999999999",
        "/sources -1",
        "/rate up 1.1.1",
        "/rate up 999999999999999.1",
        "/start q_" + "é" * 60,
        "/",
        "//",
        "/@",
        "🇺🇦" * 200,
        "что было согласовано?",
        "ماذا تم الاتفاق عليه؟",
    ],
)
async def test_hostile_lines_get_a_reply_or_silence(talk: Talk, line: str) -> None:
    """Whatever is typed, no reply is an error, and what is echoed is escaped."""
    answered = await talk.say(line)
    for owed in answered.owed:
        assert "Something went wrong" not in owed.message.html
        assert "<script>" not in owed.message.html
        assert "49" not in visible(owed.message.html).split("You asked")[-1] or "49" in line


async def test_a_failure_gives_a_number_that_the_log_has_too(
    talk: Talk, app: App, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A fault of ours is owned up to; the reader's number leads to the log's entry."""
    monkeypatch.delattr(type(app.parts.catalogue.current.index), "find")
    text = await talk.text("what was agreed")
    assert text.startswith("Something went wrong on our side")
    number = text.rsplit(": ", 1)[1]
    assert f"Failure {number} in /ask" in caplog.text


async def test_what_was_asked_for_does_not_hide_in_the_fold(talk: Talk) -> None:
    """The sentence of the full answer that the question matched stands unfolded too."""
    await talk.say("has putin given the order")
    before, fold, _ = talk.sent[-1].html.partition("<blockquote expandable>")
    assert fold
    assert "Putin has already given the order." in before
