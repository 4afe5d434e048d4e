"""/changes and /corrections: what is different, old and new, and what we put right."""

from bot.app import App
from bot.domain.record import Record
from bot.domain.revision import Change
from bot.rendering.limits import visible
from bot.services.publish import publish
from bot.storage.records import NewRevision
from tests.commands.conftest import Talk
from tests.conftest import Clock


async def change(app: App, clock: Clock, record: Record, kind: Change, note: str = "A reason") -> None:
    """Publish the record as a change of that kind."""
    await publish(app.database, [NewRevision(record, kind, note)], author="a", note="", now=clock())
    await app.parts.catalogue.refresh()


async def test_changes_tell_what_is_new_since_the_reader_asked(app: App, clock: Clock, talk: Talk) -> None:
    """At first what the last week brought, then what came since; wording is left out; a day can be named."""
    await talk.say("/changes")
    assert "Nothing." in await talk.text("/changes")
    question = app.parts.catalogue.current.questions["what-was-agreed"].record
    await change(app, clock, question.model_copy(update={"tags": ("phone",)}), Change.MINOR)
    clock.advance(days=1)
    agreement = next(iter(app.parts.catalogue.current.agreements.values())).record
    title = agreement.model_copy(update={"title": "The long pause"})
    await change(app, clock, title, Change.UPDATE, "It has another name now")
    text = await talk.text("/changes")
    assert "Since you asked last" in text
    assert f"{agreement.title} → The long pause" in text
    assert "It has another name now" in text
    assert question.question not in text
    line = talk.sent[-1].line
    assert "Nothing." in await talk.text("/changes")
    assert await talk.text(line) == text
    assert "The long pause" in await talk.text("/changes 2025-03-21")
    assert "Nothing." in await talk.text("/changes tomorrow")
    assert "as a date" in await talk.text("/changes someday")


async def test_what_is_new_and_was_corrected_since_tells_what_was_wrong(app: App, clock: Clock, talk: Talk) -> None:
    """A record that came after the day asked about, and was put right after it, is no mere news."""
    agreement = next(iter(app.parts.catalogue.current.agreements.values())).record
    clock.advance(days=1)
    await change(app, clock, agreement.model_copy(update={"title": "The short pause"}), Change.CORRECTION, "Misnamed")
    clock.advance(days=1)
    await change(app, clock, agreement.model_copy(update={"title": "The long pause"}), Change.UPDATE, "Renamed")
    text = await talk.text("/changes 2025-03-01")
    assert "Corrected: The long pause" in text
    assert f"{agreement.title} → The long pause" in text


async def test_corrections_are_a_public_log(app: App, clock: Clock, talk: Talk) -> None:
    """What was corrected, when and why, and how many messages it has reached, newest first, in pages."""
    assert "Nothing yet." in await talk.text("/corrections")
    for number in range(7):
        question = app.parts.catalogue.current.questions["what-was-agreed"].record
        clock.advance(days=1)
        changed = question.model_copy(update={"question": f"What was agreed, by count {number}?"})
        await change(app, clock, changed, Change.CORRECTION, f"Reason {number}")
    text = await talk.text("/corrections")
    assert text.index("Reason 6") < text.index("Reason 5")
    assert "Readers told: 0" in text
    assert "Page 1 of 2" in text
    assert "Reason 0" in visible((await talk.press("More")).owed[0].message.html)
