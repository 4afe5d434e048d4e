"""What an owner does from a chat: bulletins, content files, withdrawing, exporting; and that nobody else can."""

import io
import zipfile
from pathlib import Path

import pytest

from bot.app import App
from bot.commands.request import Attachment, Chat, ChatKind, Reader, Request
from bot.domain.base import Kind
from bot.domain.revision import Change
from bot.importing import check, read_content
from bot.rendering.limits import visible
from bot.services.import_content import import_content
from bot.settings import Settings
from bot.storage.outbox import State
from bot.storage.records import body_of
from tests.commands.conftest import Talk
from tests.conftest import ROOT, Clock

OWNER, SECOND = 7, 8
PROCESS = "ukraine-ceasefire-2025"
CONTENT = ROOT / "content" / PROCESS
QUESTION = "what-was-agreed.md"


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """Return settings with two owners."""
    return settings.model_copy(update={"owner_ids": (OWNER, SECOND)})


@pytest.fixture
def owner(app: App, clock: Clock) -> Talk:
    """Return an owner's conversation."""
    return Talk(app, clock, chat=OWNER, reader=OWNER)


def file(name: str, old: str = "", new: str = "") -> Attachment:
    """Return a file of the content that ships, with `old` in it replaced by `new`."""
    folder = CONTENT / "questions" if name.endswith(".md") else CONTENT
    text = (folder / name).read_text(encoding="utf-8")
    assert old in text
    return Attachment(name, text.replace(old, new, 1).encode())


async def send(talk: Talk, attachment: Attachment, caption: str = "") -> str:
    """Send a file and return what the answer says."""
    answered = await talk.say(caption, attachment=attachment)
    return "\n\n".join(visible(owed.message.html) for owed in answered.owed)


def changed_question(words: str = "What did they agree?") -> Attachment:
    """Return the shipped question under another title."""
    return file(QUESTION, "question: What did Trump and Putin agree on the telephone?", f"question: {words}")


@pytest.mark.parametrize("line", ["/bulletin Hello", "/retire what-was-agreed wrong", "/export", "/upload"])
async def test_who_is_no_owner_finds_no_such_command(talk: Talk, line: str) -> None:
    """Desk commands are unknown to readers, word for word, and are never offered as the nearest."""
    name = line[1:].partition(" ")[0]
    text = await talk.text(line)
    assert f"There is no command /{name}." in text
    assert f"Did you mean /{name}" not in await talk.text(f"/{name}s")
    assert f"/{name} \u2013" not in await talk.text("/help")


async def test_a_file_from_who_is_no_owner_is_neither_fetched_nor_read(app: App, clock: Clock, talk: Talk) -> None:
    """The router wants files of owners only, in private only; one forced upon it is an unknown command."""

    def request(reader: int, kind: ChatKind, command: str = "") -> Request:
        return Request(Reader(reader, "", "en"), Chat(1, kind), command, "", clock())

    assert await app.router.takes_file(request(OWNER, ChatKind.PRIVATE))
    assert await app.router.takes_file(request(OWNER, ChatKind.PRIVATE, "upload"))
    assert not await app.router.takes_file(request(OWNER, ChatKind.PRIVATE, "report"))
    assert not await app.router.takes_file(request(OWNER, ChatKind.GROUP))
    assert not await app.router.takes_file(request(1, ChatKind.PRIVATE))
    assert "There is no command" in await send(talk, changed_question())


async def test_an_owner_is_offered_the_desks_commands(owner: Talk) -> None:
    """/help names them, and each says how it is used."""
    text = await owner.text("/help")
    for name, usage in {"bulletin": "follow the topic", "upload": "content file", "retire": "say why"}.items():
        assert f"/{name} \u2013" in text
        assert usage in await owner.text(f"/{name}")


async def test_a_bulletin_is_previewed_counted_confirmed_and_owed_once(app: App, talk: Talk, owner: Talk) -> None:
    """Yes, pressed twice, owes one message to each reader who follows; the preview is what they get."""
    await talk.say("/subscribe")
    shown = await owner.say("/bulletin The talks **go on**.\n\nMore\ntomorrow.")
    preview, question = (owed.message for owed in shown.owed)
    assert "Send it to 1 reader of" in visible(question.html)
    yes = owner.button("Yes, do it").line
    assert "On its way: bulletin no. 1" in await owner.text(yes)
    assert "answered already" in await owner.text(yes)
    while await app.delivery.fill(talk.clock()):
        pass
    assert (await app.delivery.counts())[State.OWED] == 1
    assert "<b>go on</b>" in preview.html
    assert "More\ntomorrow." in preview.html
    assert (await talk.say("/news 1")).owed[0].message.html == preview.html


async def test_a_bulletin_that_nobody_would_get_is_not_offered(owner: Talk) -> None:
    """Without a reader who follows there is no button; and one that is too long is refused."""
    assert "Nobody follows" in await owner.text("/bulletin Hello")
    assert owner.sent[-1].buttons == ()
    assert "at most 3000 characters" in await owner.text("/bulletin " + "x" * 3001)


async def test_a_role_that_was_taken_away_no_longer_confirms(app: App, owner: Talk, talk: Talk) -> None:
    """Whoever is no owner any more when the button is pressed does nothing with it."""
    await talk.say("/subscribe")
    await owner.say("/bulletin Hello")
    app.parts.team.owners = frozenset()
    assert "Nothing was done" in await owner.text(owner.button("Yes").line)
    assert not await app.delivery.fill(talk.clock())


async def test_a_faulty_file_is_answered_with_every_fault_and_its_line(owner: Talk) -> None:
    """Each fault has its line, and there is no button to publish with."""
    text = await send(owner, file(QUESTION, "question:", "kuestion:"))
    assert "nothing was published" in text
    assert f"{PROCESS}/questions/{QUESTION}:" in text
    assert owner.sent[-1].buttons == ()


@pytest.mark.parametrize(
    ("attachment", "said"),
    [
        (Attachment("big.md", None), "larger than 1 MiB"),
        (Attachment("odd.md", b"\xff\xfe\x00"), "not UTF-8"),
        (Attachment("notes.txt", b"hello"), "unknown file"),
        (Attachment("", b"hello"), "unknown file"),
        (Attachment("../../../etc/Pass Wd.md", b"---\n---\n"), "nothing was published"),
        (Attachment("probes.yaml", b"- ask: x\n  slug: none\n"), "Probes are not published"),
        (Attachment("events.yaml", b""), "No faults, and nothing new"),
    ],
)
async def test_files_that_hold_nothing_to_publish_are_refused(owner: Talk, attachment: Attachment, said: str) -> None:
    """What is too big, unreadable, unknown or no record is named as such."""
    assert said in await send(owner, attachment)
    assert owner.sent[-1].buttons == ()


async def test_an_unchanged_file_is_said_to_be_so(owner: Talk) -> None:
    """A file that says what is published publishes nothing."""
    assert "No faults, and nothing new: all 1 record" in await send(owner, file(QUESTION))


async def test_a_changed_question_is_previewed_and_published_as_confirmed(app: App, owner: Talk) -> None:
    """The card comes as readers will see it; the kind of change, the caption's reason and the owner are kept."""
    old = app.parts.catalogue.current.questions["what-was-agreed"]
    answered = await owner.say("Shorter title", attachment=changed_question())
    card, question = (owed.message for owed in answered.owed)
    assert visible(card.html).startswith("What did they agree?")
    assert card.tells == ()
    assert "change: What did they agree?" in visible(question.html)
    assert app.parts.catalogue.current.questions["what-was-agreed"] == old
    done = await owner.press("Publish: wording only")
    assert done.turns
    assert "Published: 1 record." in visible(done.owed[0].message.html)
    new = app.parts.catalogue.current.questions["what-was-agreed"]
    assert (new.record.question, new.change, new.note) == ("What did they agree?", Change.MINOR, "Shorter title")
    assert (new.author, new.ref.number) == (f"telegram:{OWNER}", old.ref.number + 1)
    assert (await owner.say("/agreed")).owed[0].message.html == card.html


async def test_a_correction_takes_a_reason(owner: Talk) -> None:
    """Without a caption there is no button for a correction, with one there is."""
    await send(owner, changed_question())
    labels = [button.label for row in owner.sent[-1].buttons for button in row]
    assert not any("correction" in label for label in labels)
    await send(owner, changed_question(), f"{PROCESS} the old title was wrong")
    assert "the old title was wrong" in owner.sent[-1].html
    assert PROCESS not in owner.sent[-1].html
    assert owner.button("Publish: a correction")


async def test_new_facts_are_owed_to_those_who_follow(app: App, talk: Talk, owner: Talk) -> None:
    """Published as an update, the change is owed to subscribers and names the record."""
    await talk.say("/subscribe")
    await send(owner, changed_question(), "more is known")
    await owner.press("Publish: new facts")
    while await app.delivery.fill(talk.clock()):
        pass
    assert (await app.delivery.counts())[State.OWED] == 1
    assert "• What did they agree?" in await talk.text("/news 1")


async def test_a_new_question_needs_one_button_only(app: App, owner: Talk) -> None:
    """A file of new records is published as an update; its card and its command then work."""
    attachment = file(QUESTION, "command: agreed", "command: pact")
    attachment = Attachment("what-was-the-pact.MD", attachment.data)
    text = await send(owner, attachment)
    assert "add: What did Trump and Putin agree" in text
    await owner.press("Publish")
    found = app.parts.catalogue.current.questions["what-was-the-pact"]
    assert (found.change, found.record.command) == (Change.UPDATE, "pact")


async def test_changed_sources_and_events_are_shown_as_in_their_lists(owner: Talk) -> None:
    """Records without a card of their own are previewed too."""
    text = await send(owner, file("sources.yaml", "title: ", "title: Renamed "))
    assert "Sources: " in text
    assert "Renamed" in text
    text = await send(owner, file("events.yaml", "title: ", "title: Renamed "))
    assert "Timeline: " in text


async def test_what_the_file_would_break_elsewhere_stops_it(owner: Talk) -> None:
    """A command that another question owns, a link that leads nowhere: the gate sees the file beside what is there."""
    taken = file(QUESTION, "command: agreed", "command: ukraine")
    assert "/ukraine belongs to question" in await send(owner, taken)


async def test_the_second_of_two_owners_is_told_of_the_first(app: App, clock: Clock, owner: Talk) -> None:
    """Two previews of one record: whoever confirms second overwrites nothing."""
    second = Talk(app, clock, chat=SECOND, reader=SECOND)
    await send(owner, changed_question("First"), "first")
    await send(second, changed_question("Second"), "second")
    await owner.press("Publish: new facts")
    text = visible((await second.press("Publish: new facts")).owed[0].message.html)
    assert "meanwhile somebody else has published" in text
    assert app.parts.catalogue.current.questions["what-was-agreed"].record.question == "First"


async def test_what_became_wrong_meanwhile_is_found_on_confirming(app: App, clock: Clock, owner: Talk) -> None:
    """The check is repeated beside what is published by then: two files that are good alone may clash together."""
    second = Talk(app, clock, chat=SECOND, reader=SECOND)
    one = Attachment("pact-one.md", file(QUESTION, "command: agreed", "command: pact").data)
    two = Attachment("pact-two.md", one.data)
    await send(owner, one)
    await send(second, two)
    await owner.press("Publish")
    text = visible((await second.press("Publish")).owed[0].message.html)
    assert "/pact belongs to question 'pact-one' already" in text
    assert "pact-two" not in app.parts.catalogue.current.questions


async def test_what_others_need_cannot_be_withdrawn(owner: Talk) -> None:
    """A record that others link to is refused, with each that does."""
    text = await owner.text("/retire ukraine gone")
    assert "cannot be withdrawn" in text or "Several records" in text
    assert "No record in our records is called “moon”" in await owner.text("/retire moon gone")


async def test_a_withdrawn_question_is_found_no_more(app: App, owner: Talk) -> None:
    """A record that nobody needs is withdrawn on confirmation, with the reason and the owner's name."""
    await send(owner, Attachment("pact.md", file(QUESTION, "command: agreed", "command: pact").data))
    await owner.press("Publish")
    assert "Withdraw “What did Trump" in await owner.text("/retire question/pact The source took it back")
    done = await owner.press("Yes, do it")
    assert "Withdrawn: What did Trump" in visible(done.owed[0].message.html)
    assert "pact" not in app.parts.catalogue.current.questions
    assert "There is no command /pact" in await owner.text("/pact")
    assert "No record in our records" in await owner.text("/retire pact again")


async def test_an_export_imports_to_the_same_records(app: App, owner: Talk, tmp_path: Path) -> None:
    """The zip that an owner gets holds every published record, without a fault."""
    answered = await owner.say("/export")
    document = answered.owed[0].message.document
    assert document is not None
    assert document.name == "parley-content-2025-03-20.zip"
    folder = tmp_path / "exported"
    with zipfile.ZipFile(io.BytesIO(document.data)) as archive:
        archive.extractall(folder)
    content = read_content(folder)
    assert check(content) == ()
    published = {revision.record for revision in app.parts.catalogue.current.published}
    assert {body_of(record) for record in content.records} == {body_of(record) for record in published}
    assert {record.kind for record in content.records} == set(Kind)


async def test_an_import_does_not_overwrite_what_an_owner_published(
    app: App, owner: Talk, clock: Clock, settings: Settings
) -> None:
    """After an owner's change the shipped files are older than what is published, and import says so."""
    await send(owner, changed_question(), "a better title")
    await owner.press("Publish: wording only")
    with pytest.raises(Exception, match="The desk has edited"):
        await import_content(app.database, CONTENT.parent, change=Change.UPDATE, note="again", now=clock())
