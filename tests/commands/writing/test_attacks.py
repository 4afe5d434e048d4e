"""What people without the right, and clients that lie, try on the desk: refused, and nothing is lost or published."""

import io
import zipfile
from dataclasses import replace

from bot.app import App
from bot.commands.request import Attachment, Chat, ChatKind, Reader, Request, parse_line
from bot.rendering.limits import visible
from tests.commands.conftest import Talk
from tests.commands.writing.conftest import ANNA, READER, WRITTEN, Desk, follow

READS = ("at", "to", "next", "back", "add", "card", "save", "compare", "nonsense", "set", "has")
HTML = '<b>bold</b> <a href="tg://user?id=1">x</a> & {{ 7*7 }} <script>'


async def draft_in(app: App) -> tuple[int, object]:
    """Return the version and the values of the only draft."""
    (draft,) = await app.parts.drafts.everything()
    return draft.version, draft.values


async def state_of(app: App) -> tuple[object, ...]:
    """Return everything that a desk command could have changed."""
    parts = app.parts
    return (
        app.parts.catalogue.current.number,
        await parts.drafts.everything(),
        await parts.publishing.waiting(),
        await parts.audit.page(1, 1000),
        parts.team.members,
    )


async def test_buttons_of_somebody_elses_dialogue_do_nothing(desk: Desk) -> None:
    """A contributor presses a colleague's buttons, a reader any: the draft stays as it is, and nothing is told."""
    await follow(desk.anna, *WRITTEN)
    before = await draft_in(desk.app)
    lines = [button.line for message in desk.anna.sent for row in message.buttons for button in row]
    for talk, said in ((desk.carl, "no such draft of yours"), (desk.reader, "There is no command")):
        for line in dict.fromkeys(lines):
            if line.startswith("/draft "):
                assert said in await talk.text(line)
    assert "There is no command" in await desk.carl.text("/publish 1")
    assert "no such draft" in await desk.carl.text("/preview 1")
    assert await draft_in(desk.app) == before
    confirm = (await follow(desk.anna, ">Publish…")) and desk.anna.button("Publish").line
    for talk in (desk.bea, desk.carl, desk.reader):
        assert "asked of somebody else" in await talk.text(confirm)
    assert await desk.app.parts.publishing.waiting() == ()


async def test_forged_button_lines_are_refused(desk: Desk) -> None:
    """Paths out of the form, numbers out of range, words that are no choice: the card, and nothing is written."""
    await follow(desk.anna, *WRITTEN)
    before = await draft_in(desk.app)
    odd = ("", "short.0.cite", "short.9999.text", "short.x", "question.x", "-1")
    lines = [f"/draft 1 {verb} {path}" for verb in READS for path in odd]
    words = ("hacked", "../../etc", "9" * 15)
    lines += [f"/draft 1 {verb} {path} {word}" for verb in ("set", "has", "more") for path in odd for word in words]
    lines += ["/draft 99999999999999999999 set type fact", "/draft -1 save", "/draft", "/held 1 now", "/approve x yes"]
    for line in lines:
        assert await desk.anna.text(line), line
        assert "went wrong" not in desk.anna.sent[-1].html, line
        desk.anna.sent.clear()
    version, values = await draft_in(desk.app)
    assert (version, values) == before


async def test_a_forwarded_command_is_not_obeyed(desk: Desk) -> None:
    """Whoever gets an owner to forward their words does not act with the owner's hands; forwarded quotes are text."""
    owner = desk.owner
    for line in ("/grant 11 editor Mallory", "/publish 1", "/retire what-was-agreed gone", "/bulletin Hello"):
        command, arguments = parse_line(line)
        request = Request(
            Reader(owner.reader, "", "en"), Chat(owner.chat, ChatKind.PRIVATE), command, arguments, desk.clock()
        )
        (owed,) = (await desk.app.router.answer(replace(request, forwarded=True))).owed
        assert "somebody else wrote it" in visible(owed.message.html)
    assert desk.app.parts.team.role(READER) is None
    await follow(desk.anna, "/new question")
    request = Request(Reader(ANNA, "", "en"), Chat(ANNA, ChatKind.PRIVATE), "", "Who talks?", desk.clock())
    await desk.app.router.answer(replace(request, forwarded=True))
    assert (await desk.app.parts.drafts.everything())[0].title == "Who talks?"


async def test_html_in_every_field_is_only_text(desk: Desk) -> None:
    """Markup, entities and template syntax come out as they were typed, in the form, the preview and the answer."""
    await follow(desk.anna, "/new question", f"Who? {HTML}", f"It is {HTML}", ">blue News", f'{HTML} | "{HTML}"')
    await follow(desk.anna, ">claimed", ">Next", HTML)
    text = await follow(desk.anna, ">All fields")
    assert HTML in text
    await follow(desk.anna, ">As of", HTML)
    assert HTML in visible(desk.anna.sent[-1].html)
    await follow(desk.anna, ">Today", ">Type", ">fact", ">Short", ">Change 1", ">Next")
    for message in desk.anna.sent:
        assert "<script>" not in message.html
        assert "49" not in visible(message.html).replace("2025-03-1", "")


async def test_no_desk_command_does_anything_in_a_group(desk: Desk) -> None:
    """Where others read along, the desk's commands are as unknown to an owner as to everybody."""
    before = await state_of(desk.app)
    for name in (
        "new question",
        "edit what-was-agreed",
        "drafts",
        "grant 5 editor",
        "team",
        "audit",
        "bulletin x",
        "upload",
    ):
        command, arguments = parse_line(f"/{name}")
        request = Request(Reader(7, "", "en"), Chat(-100, ChatKind.GROUP), command, arguments, desk.clock())
        (owed,) = (await desk.app.router.answer(request)).owed
        assert "There is no command" in visible(owed.message.html)
        assert f"Did you mean /{command}" not in visible(owed.message.html)
    assert await state_of(desk.app) == before


async def test_a_zip_of_a_new_process_is_published_whole(desk: Desk) -> None:
    """A process folder from a phone: checked together, previewed, and published in one go; bombs are refused."""
    small = io.BytesIO()
    with zipfile.ZipFile(small, "w") as archive:
        archive.writestr("harbour/process.yaml", PROCESS_FILE)
        archive.writestr("harbour/sources.yaml", SOURCES_FILE)
        archive.writestr("harbour/parties.yaml", "- slug: northland\n  name: Northland\n  type: state\n")
    text = await sent(desk.owner, "harbour.zip", small.getvalue())
    assert "add: The harbour talks" in text
    await follow(desk.owner, ">Publish", ">Send now")
    snapshot = desk.app.parts.catalogue.current
    assert snapshot.processes["harbour"].record.title == "The harbour talks"
    assert snapshot.parties["northland"].record.process == "harbour"
    assert "is too large unpacked" in await sent(desk.owner, "bomb.zip", bomb())
    assert "leads out" in await sent(desk.owner, "way.zip", out())
    text = await sent(desk.owner, "parties.yaml", b"a: &a [x, x]\nb: &b [*a, *a, *a]\nc: [*b, *b, *b]\n")
    assert "is not read as text" in text
    assert "larger than 1 MiB" in visible(
        (await desk.owner.say("", attachment=Attachment("big.zip", None))).owed[0].message.html
    )


PROCESS_FILE = """title: The harbour talks
as_of: 2025-03-18
parties: [northland]
summary:
  - text: They talk.
    cite: [{source: harbour-herald}]
"""
SOURCES_FILE = """- slug: harbour-herald
  title: They talk
  publisher: The Herald
  type: outlet
  published: 2025-03-18
"""


async def sent(talk: Talk, name: str, data: bytes) -> str:
    """Return what is said to a file."""
    answered = await talk.say("", attachment=Attachment(name, data))
    return "\n".join(visible(owed.message.html) for owed in answered.owed)


def bomb() -> bytes:
    """Return a small zip of a large file."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("talks/sources.yaml", b"0" * 30_000_000)
    assert len(packed.getvalue()) < 100_000
    return packed.getvalue()


def out() -> bytes:
    """Return a zip whose file would stand outside its folder."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("../../process.yaml", "title: x")
    return packed.getvalue()
