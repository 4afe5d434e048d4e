"""From a confirmation to the readers: held, taken back, approved, overtaken, and never twice."""

from datetime import timedelta

from bot.app import App, opened
from bot.commands.request import Attachment
from bot.domain.draft import Draft
from bot.services.proposal import proposed
from bot.settings import Settings
from bot.storage import proposals
from bot.storage.proposals import State
from tests.commands.conftest import Talk
from tests.commands.writing.conftest import PROCESS, WRITTEN, Desk, follow, staffed
from tests.conftest import ROOT, Clock

SLUG = "who-takes-part-in-the-talks-in-jeddah"


def questions(app: App) -> dict[str, int]:
    """Return the published questions with the number of their newest revision."""
    return {slug: revision.ref.number for slug, revision in app.parts.catalogue.current.questions.items()}


async def carried_out(desk: Desk) -> int:
    """Do what the watcher of a running process does each second; returns how many were carried out."""
    done = await desk.app.parts.publishing.carry_out_due(desk.clock())
    await desk.app.parts.catalogue.refresh()
    return done


async def two_eyed(desk: Desk) -> None:
    """Let the process want a second editor."""
    snapshot = desk.app.parts.catalogue.current
    process = snapshot.processes[PROCESS].record.model_copy(update={"four_eyes": True})
    async with desk.app.database.write() as connection:
        await desk.app.parts.publishing.submit(
            connection, proposed([process], snapshot.published), by="shell:test", now=desk.clock(), hold=timedelta()
        )
    await desk.app.parts.catalogue.refresh()


async def test_what_is_confirmed_goes_out_after_two_minutes_and_once(desk: Desk) -> None:
    """Pressed twice, sent now twice, and seen by the watcher as well: one revision, whoever comes first."""
    anna = desk.anna
    await follow(anna, *WRITTEN, ">Publish…")
    confirm = anna.button("Publish").line
    await anna.say(confirm, pressed=len(anna.sent))
    now, back = anna.button("Send now").line, anna.button("Take back").line
    assert "Nothing was done" in await anna.text(confirm)
    desk.clock.advance(seconds=119)
    assert await carried_out(desk) == 0
    assert SLUG not in questions(desk.app)
    desk.clock.advance(seconds=1)
    assert await carried_out(desk) == 1
    assert questions(desk.app)[SLUG] == 1
    for line in (now, now, back, confirm):
        await anna.say(line)
    assert "Published: 1 record." in await anna.text(now)
    assert await carried_out(desk) == 0
    assert questions(desk.app)[SLUG] == 1


async def test_what_is_taken_back_never_goes_out(desk: Desk) -> None:
    """Until it is due its author takes it back; the draft is still there. Others may, but may not hurry it."""
    anna, bea = desk.anna, desk.bea
    await follow(anna, *WRITTEN, ">Publish…", ">Publish")
    assert "Only whoever confirmed" in await bea.text("/held 1 now")
    assert "Taken back" in await follow(anna, ">Take back")
    desk.clock.advance(hours=1)
    assert await carried_out(desk) == 0
    assert "1: question" in await anna.text("/drafts")
    await follow(anna, "/drafts 1", ">Publish…", ">Publish")
    assert "Sent back" in await bea.text("/held 2 back")
    assert "Sent back" in await anna.text("/held 2 now")
    assert SLUG not in questions(desk.app)


async def test_the_next_process_carries_out_what_a_killed_one_held(settings: Settings, clock: Clock) -> None:
    """What is held is a row: it outlives the process, and what was typed into its draft since outlives it too."""
    async with opened(settings, clock) as app:
        desk = await staffed(app, clock)
        await follow(desk.anna, *WRITTEN, ">Publish…", ">Publish", "/drafts 1", ">Tags", "talks")
    clock.advance(minutes=5)
    async with opened(settings, clock) as app:
        desk = await staffed(app, clock)
        assert await carried_out(desk) == 1
        assert app.parts.catalogue.current.questions[SLUG].record.tags == ()
        assert "Tags: talks" in await desk.anna.text("/drafts 1")
        await follow(desk.anna, "/publish 1", ">Wording", ">Publish", ">Send now")
        assert app.parts.catalogue.current.questions[SLUG].record.tags == ("talks",)


async def test_a_second_editor_approves_what_was_shown(desk: Desk) -> None:
    """Neither who confirmed nor who wrote it can approve it; a change of the draft ends what was asked."""
    await two_eyed(desk)
    await follow(desk.carl, *WRITTEN, ">Save")
    text = await follow(desk.anna, "/publish 1")
    assert "A second editor has to approve it." in text
    assert "waits for a second editor" in await follow(desk.anna, ">Publish")
    number = (await desk.app.parts.publishing.waiting())[0].id
    assert "cannot approve it" in await desk.anna.text(f"/approve {number} yes")
    assert f"no. {number}: “Who takes part" in await desk.bea.text("/drafts")
    assert "There is no command" in await desk.carl.text(f"/approve {number} yes")
    assert "There is no command" in await desk.reader.text(f"/approve {number} yes")
    text = await desk.bea.text(f"/approve {number}")
    assert "Anna would change:" in text
    assert "Short answer 1 In words: Ukraine takes part." in text
    yes = desk.bea.button("Approve").line
    await follow(desk.carl, "/drafts 1", ">Tags", "talks")
    assert "the draft of" in await desk.bea.text(yes)
    assert "has changed since approval was asked for" in await desk.bea.text(yes)
    await follow(desk.anna, "/publish 1", ">Publish")
    await follow(desk.bea, f"/approve {number + 1}", ">Approve", ">Send now")
    assert questions(desk.app)[SLUG] == 1
    stored = await desk.app.parts.publishing.read(number + 1)
    assert stored is not None
    assert (stored.state, stored.author, stored.approver) == (State.DONE, "telegram:8", "telegram:9")


async def test_a_file_a_bulletin_and_a_withdrawal_take_a_second_editor_too(desk: Desk) -> None:
    """There is no way around it: none of the other ways to publish, nor the setting itself, goes out alone."""
    await two_eyed(desk)
    await follow(desk.reader, "/subscribe")
    file = ROOT / "content" / PROCESS / "questions" / "what-was-agreed.md"
    changed = file.read_bytes().replace(b"question: What did", b"question: What exactly did", 1)
    await desk.owner.say("", attachment=Attachment(file.name, changed))
    assert "waits for a second editor" in await follow(desk.owner, ">Publish: wording")
    assert "waits for a second editor" in await follow(desk.owner, "/bulletin Hello", ">Yes")
    assert "waits for a second editor" in await follow(
        desk.owner, "/retire trump-truth-social-statement No longer true", ">Yes"
    )
    text = await follow(desk.anna, f"/edit {PROCESS}", ">Second editor", ">false", ">Publish…", ">Wording")
    assert "A second editor has to approve it." in text
    assert "waits for a second editor" in await follow(desk.anna, ">Publish")
    assert questions(desk.app)["what-was-agreed"] == 1


async def test_the_second_of_two_editors_is_shown_both_versions(desk: Desk) -> None:
    """Told of the other draft, told of what was published meanwhile, and nothing of either is lost or overwritten."""
    anna, bea = desk.anna, desk.bea
    await follow(anna, "/edit what-was-agreed", ">Question", "What did they agree, by Anna?")
    assert "Anna is changing the same record" in await bea.text("/edit what-was-agreed")
    await follow(bea, ">Question", "What did they agree, by Bea?")
    text = await follow(bea, ">Show both")
    assert "What did they agree, by Anna?" in text
    assert "What did they agree, by Bea?" in text
    await follow(anna, "/publish", ">Wording", ">Publish", ">Send now")
    text = await follow(bea, "/publish")
    assert "Meanwhile Anna has published a change" in text
    assert "→ What did they agree, by Anna?" in text
    assert "→ What did they agree, by Bea?" in text
    await follow(bea, ">Publish mine over it", ">Wording")
    held = await follow(bea, ">Publish")
    assert "goes out at" in held
    await follow(
        anna, "/edit what-was-agreed", ">Question", "By Anna again?", ">Publish…", ">Wording", ">Publish", ">Send now"
    )
    assert "meanwhile somebody else has published" in await follow(bea, ">Send now")
    assert desk.app.parts.catalogue.current.questions["what-was-agreed"].record.question == "By Anna again?"
    assert "by Bea?" in await bea.text("/drafts")


async def test_a_role_that_is_gone_publishes_nothing(desk: Desk) -> None:
    """Open dialogue, old buttons, what was confirmed and is held: nothing of a revoked editor's goes out."""
    anna = desk.anna
    await follow(anna, *WRITTEN, ">Publish…", ">Publish")
    now = anna.button("Send now").line
    await follow(anna, "/new question", "Another one?")
    await desk.owner.say("/revoke 8")
    assert "What happens next in the talks?" in await anna.text("what happens next")
    for line in (now, "/draft 2 set as_of 2025-03-20", "/publish 2", "/held 1 back", "/drafts", "/cancel"):
        assert "There is no command" in await anna.text(line)
    desk.clock.advance(minutes=3)
    assert await carried_out(desk) == 1
    assert SLUG not in questions(desk.app)
    stored = await desk.app.parts.publishing.read(1)
    assert stored is not None
    assert stored.state is State.REFUSED
    drafts = await desk.app.parts.drafts.everything()
    assert [draft.title for draft in drafts] == ["Another one?", "Who takes part in the talks in Jeddah?"]
    assert "revoked editor of Anna (8)" in await desk.owner.text("/audit")
    assert "no longer an editor" in await desk.bea.text("/held 1")


async def test_an_owner_alone_publishes_over_a_warning(desk: Desk) -> None:
    """A question so like a published one that readers get the wrong one: an editor may not, an owner may, noted."""
    steps = (
        "/new question",
        "What did Trump and Putin agree on the telephone?",
        "A pause.",
        ">blue News",
        ">Next",
        ">Today",
    )
    text = await follow(desk.anna, *steps, ">fact", ">Publish…")
    assert "only an owner may publish it all the same" in text
    assert not desk.anna.sent[-1].buttons
    text = await follow(desk.owner, "/drafts 1", ">Publish…")
    assert "You may publish it all the same" in text
    await follow(desk.owner, ">Publish", ">Send now")
    (new,) = (rev for rev in desk.app.parts.catalogue.current.questions.values() if rev.author == "telegram:7")
    assert "published over" in new.note


async def test_a_reply_that_was_lost_is_not_published_twice(desk: Desk, clock: Clock) -> None:
    """The connection is lost after the confirmation was written: pressing again says what has become of it."""
    anna = desk.anna
    await follow(anna, *WRITTEN, ">Publish…")
    lost = Talk(desk.app, clock, chat=8, reader=8)  # sends the press; what comes back never arrives
    await lost.say(anna.button("Publish").line, pressed=len(anna.sent))
    assert "answered already" in await follow(anna, ">Publish")
    assert "goes out in a moment" in await anna.text("/drafts")
    desk.clock.advance(minutes=2)
    assert await carried_out(desk) == 1
    assert questions(desk.app)[SLUG] == 1


async def test_what_fails_is_refused_and_keeps_nothing_else_back(desk: Desk) -> None:
    """A proposal that cannot even be read is refused once, and what was confirmed after it goes out."""
    async with desk.app.database.write() as connection:
        due = desk.clock()
        await proposals.add(connection, State.HELD, "telegram:8", "no proposal", due, due=due)
    await follow(desk.anna, *WRITTEN, ">Publish…", ">Publish")
    desk.clock.advance(minutes=3)
    assert await carried_out(desk) == 2
    assert SLUG in questions(desk.app)
    stored = await desk.app.parts.publishing.read(1)
    assert stored is not None
    assert (stored.state, stored.reason) == (State.REFUSED, "failed")
    draft = await desk.app.parts.drafts.begin(new_draft(desk))
    kept = await desk.app.parts.drafts.change(draft, desk.clock(), 8, None, walking=False)
    assert kept is not None
    assert await desk.app.parts.drafts.change(draft, desk.clock(), 9, None, walking=False) is None, (
        "somebody else was first"
    )


def new_draft(desk: Desk) -> Draft:
    """Return a new draft."""
    return Draft(0, "question", PROCESS, 8, desk.clock(), desk.clock(), 1, None, {"question": "What?"})
