"""From /new to a published answer: fields one at a time, kept at once, shown as readers will see it."""

from bot.app import opened
from bot.domain.plain import at
from bot.rendering.limits import visible
from bot.rendering.reply import Message
from bot.settings import Settings
from tests.commands.writing.conftest import ANNA, ASKED, PROCESS, WRITTEN, Desk, follow, staffed
from tests.conftest import Clock

MARKDOWN = """Ukraine takes part.[^a]

{claimed: russia, by: the Kremlin} Russia was not asked.[^b]

[^a]: blue-news-2025-03-18 | Introduction | "Ukraine takes part"
[^b]: blue-news-2025-03-18"""


async def test_a_new_editor_publishes_an_answer_in_ten_messages(desk: Desk) -> None:
    """From /new question to the reader's answer in fewer than twelve messages, and the preview is that answer."""
    steps = (*WRITTEN, ">Publish…", ">Publish", ">Send now")
    assert len(steps) < 12
    await follow(desk.anna, *steps[:-2])
    preview = desk.anna.sent[-2]
    assert "No faults." in desk.anna.sent[-1].html
    assert await desk.reader.text(ASKED) != ""
    assert "who-takes-part" not in str(desk.app.parts.catalogue.current.questions)
    assert "goes out at 12:02:00 UTC" in await follow(desk.anna, ">Publish")
    assert await follow(desk.anna, ">Send now") == "Published: 1 record."
    (answer,) = (await desk.reader.say("who takes part in the talks in jeddah")).owed
    assert answer.message.html == preview.html
    assert answer.message.tells
    assert preview.tells == ()
    assert await desk.anna.text("/drafts") == "Drafts\nNone. /new question begins one."


async def test_what_is_typed_is_kept_at_once_and_goes_on_after_a_restart(settings: Settings, clock: Clock) -> None:
    """Each word survives the end of the process at any step; the next process asks for just the same."""
    shown: list[Message] = []  # on her phone, whichever process made it
    for step in (*WRITTEN, ">Publish…", ">Publish", ">Send now"):
        async with opened(settings, clock) as app:
            desk = await staffed(app, clock)
            desk.anna.sent = shown
            await follow(desk.anna, step)
    async with opened(settings, clock) as app:
        assert "who-takes-part-in-the-talks-in-jeddah" in app.parts.catalogue.current.questions


async def test_a_field_is_corrected_skipped_emptied_and_left(desk: Desk) -> None:
    """Back, Skip, Save, Cancel and the card of all fields lead where they say; commands still work meanwhile."""
    anna = desk.anna
    await follow(anna, "/new question", ASKED)
    assert "Now: Who takes part" in await follow(anna, ">\u2039 Back")
    await follow(anna, "Who talks in Jeddah?", "Ukraine does.")
    assert "What did Trump and Putin agree" in await anna.text("/agreed")
    anna.sent.pop()
    await follow(anna, ">blue News", 'last paragraph | "Ukraine does"')
    assert "last paragraph, “Ukraine does”" in anna.sent[-1].html
    assert "written as content files" not in await follow(anna, ">Next", "yesterday")
    assert "Write them, each on a line" in await follow(anna, ">fact", ">Skip")
    assert "Own command" in await follow(anna, "who talks\n- who is there")
    text = await follow(anna, "Not A Command!")
    assert "Kept, but not right yet" in text
    assert "use a-z, 0-9 and _" in text
    assert "Not A Command!" not in await follow(anna, ">Empty it")
    assert "Saved." in await follow(anna, ">Save")
    assert "Not covered yet" in await anna.text("what about the moon landing")
    text = await anna.text("/drafts 1")
    assert "As of: 2025-03-19" in text
    assert "Other ways to ask: who talks, who is there" in text
    assert "no longer writing" in await follow(anna, ">Tags", "/cancel")
    assert "not writing anything" in await anna.text("/cancel")
    assert "Throw the draft" in await follow(anna, "/drafts 1", ">Throw away")
    assert await follow(anna, ">Yes") == "Thrown away."
    assert "no such draft" in await anna.text("/drafts 1")


async def test_words_that_come_twice_are_taken_once(desk: Desk) -> None:
    """After a kill the same message may be handled once more: its words are not put into the next field."""
    await follow(desk.anna, "/new question", ASKED)
    await desk.anna.say("Ukraine takes part.", message=40)
    answered = await desk.anna.say("Ukraine takes part.", message=40)
    assert "Which source says so?" in visible(answered.owed[0].message.html)
    draft = (await desk.app.parts.drafts.everything())[0]
    assert at(draft.values, ("short",)) == [{"text": "Ukraine takes part."}]


async def test_an_answer_as_in_a_content_file_is_taken_as_it_is(desk: Desk) -> None:
    """Several paragraphs with footnotes, pasted at once, are statements with their sources and certainty."""
    text = await follow(desk.anna, "/new question", ASKED, MARKDOWN)
    assert "1. Ukraine takes part." in text
    draft = (await desk.app.parts.drafts.everything())[0]
    assert at(draft.values, ("short", 1)) == {
        "text": "Russia was not asked.[^1]",
        "certainty": "claimed",
        "party": "russia",
        "by": "the Kremlin",
        "cite": [{"source": "blue-news-2025-03-18"}],
    }
    assert "no footnote [^c]" in await follow(desk.anna, "More.[^c]")
    assert "More." in desk.anna.sent[-1].html  # kept all the same


async def test_who_says_what_is_entered_by_buttons(desk: Desk) -> None:
    """A position needs a party, a stance, words, a source and a day; its key and its own citation follow."""
    await follow(desk.anna, "/new agreement", "Truce in Sumy", ">ceasefire", "Fighting is to stop.", ">blue News")
    text = await follow(desk.anna, ">claimed", ">Next")
    assert "Choose one, or write its name." in text
    assert "may be left out" not in text
    await follow(
        desk.anna, "the Kremlin", ">Today", ">Add", ">Russia", ">rejects", "It does not want it.", ">blue News"
    )
    await follow(
        desk.anna, ">Next", "18 March 2025", "We will not stop.", ">Skip", ">Publish…", ">Publish", ">Send now"
    )
    found = desk.app.parts.catalogue.current.agreements["truce-in-sumy"].record
    (position,) = found.positions
    assert found.purpose.party == "russia"
    assert (position.key, position.stance, str(position.stated)) == ("russia-rejects", "rejects", "2025-03-18")
    assert position.cite == position.text.cite != ()
    assert position.statement == "We will not stop."


async def test_a_source_with_pictures_and_a_party_can_be_written(desk: Desk) -> None:
    """A picture has its credit; what the gate misses is named with the field, and mended from there."""
    bea = desk.bea
    await follow(bea, "/new source", "On Kursk", "The Herald", ">outlet", "by 2025-03-19", "https://example.org/kursk")
    await follow(bea, ">All fields", ">Pictures", ">Add", "A tank", "Keystone/AP")
    text = await follow(bea, ">All fields", ">Link", "example.org")
    assert "is no link" in text
    text = await follow(bea, ">Publish…")
    assert "Link: 'example.org' is no link" in text
    await follow(bea, ">Link", "https://example.org/kursk", ">Publish…", ">Publish", ">Send now")
    source = desk.app.parts.catalogue.current.sources["on-kursk"].record
    assert (source.pictures[0].caption, source.pictures[0].credit) == ("A tank", "Keystone/AP")
    await follow(
        bea, "/new party", "Wagner", ">group", "PMC Wagner\nthe Wagner group", ">Publish…", ">Publish", ">Send now"
    )
    assert desk.app.parts.catalogue.current.parties["wagner"].record.aliases == ("PMC Wagner", "the Wagner group")


async def test_a_bulletin_can_be_written_like_anything_else(desk: Desk) -> None:
    """/new bulletin goes to publishing as /bulletin does."""
    await follow(desk.reader, "/subscribe")
    await follow(desk.anna, "/new bulletin", "The talks **go on**.")
    assert "Send it to 1 reader" in await follow(desk.anna, ">Publish…")
    assert "On its way: bulletin no. 1" in await follow(desk.anna, ">Yes", ">Send now")
    assert "go on" in await desk.reader.text("/news 1")


async def test_a_slug_or_command_that_is_taken_is_refused(desk: Desk) -> None:
    """A title like a published one gets a slug of its own; another record's slug and a reserved command do not pass."""
    anna = desk.anna
    await follow(
        anna, "/new question", "What was agreed?", "A pause.", ">blue News", ">Next", ">Today", ">fact", ">All fields"
    )
    assert "Short name: what-was-agreed-2" in await follow(anna, ">Short name", ">All fields")
    text = await follow(anna, ">Short name", "what-was-agreed")
    text = await follow(anna, ">Own command", "audit", ">Publish…")
    assert "'what-was-agreed' is the slug of another question already" in text
    text = await follow(anna, ">Short name", "what-was-agreed-2", ">Publish…")
    assert "/audit is one of Parley's own commands" in text
    text = await follow(anna, ">Own command", "agreed", ">Publish…")
    assert "/agreed belongs to question 'what-was-agreed' already" in text


async def test_a_contributor_writes_and_an_editor_publishes(desk: Desk) -> None:
    """A contributor has no button and no command to publish with; an editor finds the draft and does it."""
    await follow(desk.carl, *WRITTEN, ">All fields")
    assert not any(button.label.startswith("Publish") for row in desk.carl.sent[-1].buttons for button in row)
    assert "There is no command /publish" in await desk.carl.text("/publish 1")
    assert f"question “{ASKED}”, Carl" in await desk.bea.text("/drafts")
    await follow(desk.bea, ">1:", ">Publish…", ">Publish", ">Send now")
    found = desk.app.parts.catalogue.current.questions["who-takes-part-in-the-talks-in-jeddah"]
    assert found.author == "telegram:9"
    assert found.record.process == PROCESS
    assert desk.bea.reader != ANNA


async def test_a_correction_says_since_when_and_what(desk: Desk) -> None:
    """/correct asks since which version it was wrong and for the words that readers get; a revert goes the same way."""
    anna = desk.anna
    await follow(anna, "/edit what-was-agreed", ">Question", "What did they agree?", ">Publish…")
    assert "What kind of change" in anna.sent[-1].html
    await follow(anna, ">Wording", ">Publish", ">Send now")
    # Near to what stood there, so that no probe is answered otherwise after the revert.
    words = (
        "Putin agreed to suspend attacks on Ukrainian energy infrastructure for 31 days, on a proposal from the United "
        "States. He continues to reject a complete ceasefire."
    )
    await follow(anna, "/correct what-was-agreed", ">Short", ">Change 1", f"{words}[^1]", ">All fields", ">Publish…")
    assert "Since which version was it wrong?" in anna.sent[-1].html
    assert "What was wrong, and what is right?" in await follow(anna, ">1:")
    text = await follow(anna, "It was a rumour.")
    assert "Reason: It was a rumour." in text
    assert f"{words}[1]" in text
    await follow(anna, ">Publish", ">Send now")
    found = desk.app.parts.catalogue.current.questions["what-was-agreed"]
    assert (found.change, found.note, found.ref.number) == ("correction", "It was a rumour.", 3)
    await follow(anna, "/revert what-was-agreed 2", ">New facts", ">Publish", ">Send now")
    again = desk.app.parts.catalogue.current.questions["what-was-agreed"]
    assert again.ref.number == 4
    history = await desk.app.parts.drafts.history(again.ref)
    assert again.record == history[1].record
    assert "earlier version" in await anna.text("/revert what-was-agreed 4")
