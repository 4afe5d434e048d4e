"""/held and /approve: what has become of something confirmed; sent now, taken back, approved by a second editor."""

from contextlib import suppress

from bot.commands import cards
from bot.commands.context import Context
from bot.commands.writing.access import number_in, whose
from bot.commands.writing.comparing import lines_between
from bot.commands.writing.previewing import CARDS, bulletin_preview, previews
from bot.domain.revision import Change
from bot.errors import StorageError
from bot.rendering.pages.desk import DeskPage
from bot.rendering.pages.publishing import HeldPage
from bot.rendering.pages.writing import ComparePage
from bot.rendering.reply import Button, Message, Reply, Rows
from bot.services.proposal import Proposal
from bot.services.team import author
from bot.storage.proposals import State, Stored


def held_message(context: Context, stored: Stored) -> Message:
    """Return what has become of the proposal, with what can still be done about it."""
    proposal = Proposal.model_validate_json(stored.body)
    kind = "bulletin" if proposal.bulletin else "records"
    page = HeldPage(
        stored.state.value,
        "retraction" if proposal.change is Change.RETRACTION else kind,
        title_of(proposal),
        len(proposal.records),
        stored.id,
        stored.due,
        stored.reason if stored.state is State.REFUSED else "",
        number_in(stored.reason) if stored.state is State.DONE else 0,
    )
    return context.message(page, _buttons(context, stored))


async def held(context: Context) -> Reply:
    """Say what has become of a proposal, `NUMBER`; or send it now, or take it back."""
    word, _, verb = context.arguments.partition(" ")
    publishing, request = context.parts.publishing, context.request
    found = await publishing.read(number_in(word))
    if found is None:
        return context.reply(DeskPage("no proposal"))
    if verb == "back":
        found = await publishing.withdraw(found.id, request.reader.id, request.now) or found
    if verb == "now":
        if author(request.reader.id) not in {found.author, found.approver}:
            return context.reply(DeskPage("not yours"))
        found = await publishing.send_now(found.id, request.reader.id, request.now) or found
        await in_service(context)
    return context.turned(held_message(context, found))


async def approve(context: Context) -> Reply:
    """Show what waits for a second editor, `NUMBER`, beside what is published; approve it, or send it back."""
    word, _, verb = context.arguments.partition(" ")
    publishing, request = context.parts.publishing, context.request
    found = await publishing.read(number_in(word))
    if found is None:
        return context.reply(DeskPage("no proposal"))
    if verb == "no":
        found = await publishing.withdraw(found.id, request.reader.id, request.now) or found
    elif verb == "yes":
        done = await publishing.approve(found.id, request.reader.id, request.now)
        if done is None:
            return context.reply(DeskPage("own approval"))
        found = done
        await in_service(context)
    if verb or found.state is not State.WAITING:
        return context.turned(held_message(context, found))
    return await _shown(context, found)


async def in_service(context: Context) -> None:
    """Put what was published into service here at once; whoever watches the catalogue sees it within a second."""
    with suppress(StorageError):
        await context.parts.catalogue.refresh()
    context.parts.owed.set()


def title_of(proposal: Proposal) -> str:
    """Return what to call what is proposed."""
    if proposal.bulletin:
        return proposal.bulletin.splitlines()[0]
    first, *others = [cards.title(item.record) for item in proposal.records]
    return f"{first} (+{len(others)})" if others else first


async def _shown(context: Context, stored: Stored) -> Reply:
    proposal = Proposal.model_validate_json(stored.body)
    labels = context.labels
    if proposal.bulletin:
        shown = [bulletin_preview(context, proposal.process, proposal.bulletin)]
    elif proposal.change is Change.RETRACTION:
        shown = []
    else:
        shown = (await previews(context, [item.record for item in proposal.records]))[:CARDS]
    changed = [line for item in proposal.records for line in lines_between(context, item.base, item.record)]
    page = ComparePage("proposal", title_of(proposal), whose(context, stored.author), changed, ())
    rows: Rows = ()
    if stored.author != author(context.request.reader.id):
        rows = (
            (
                Button(labels.approve, f"/approve {stored.id} yes"),
                Button(labels.send_back, f"/approve {stored.id} no"),
            ),
        )
    return Reply((*shown, context.message(page, rows)))


def _buttons(context: Context, stored: Stored) -> Rows:
    labels = context.labels
    now = Button(labels.send_now, f"/held {stored.id} now")
    back = Button(labels.take_back, f"/held {stored.id} back")
    return {State.HELD: ((now, back),), State.WAITING: ((back,),)}.get(stored.state, ())


def _turned(context: Context, message: Message) -> Reply:
    return Reply((message,), turns=context.request.pressed is not None)
