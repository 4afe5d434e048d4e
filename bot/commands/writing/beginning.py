"""/new, /edit, /correct, /revert and /drafts: where a draft begins, and where it is found again."""

from dataclasses import replace
from typing import Final

from bot.commands import cards
from bot.commands.context import Context
from bot.commands.writing.access import draft_of, who, whose
from bot.commands.writing.asking import ask
from bot.commands.writing.card import card
from bot.commands.writing.publishing import publish_draft, title_of_stored
from bot.domain.base import Kind, Path
from bot.domain.draft import Draft, Plan, reopened
from bot.domain.forms import FORMS
from bot.domain.plain import Values, of_json
from bot.domain.record import Filed, Record
from bot.domain.revision import Change, Revision
from bot.domain.roles import Role
from bot.rendering.pages.desk import DeskPage
from bot.rendering.pages.records import NotFoundPage
from bot.rendering.pages.writing import DraftLine, DraftsPage, ProposalLine
from bot.rendering.reply import Button, Reply
from bot.services.gatekeeping import key_of

_SHOWN: Final = 12  # drafts, and likewise proposals: more would be no list for a phone


async def new(context: Context) -> Reply:
    """Begin something new, `KIND [PROCESS]`, and ask for its first field."""
    word, _, rest = context.arguments.lower().partition(" ")
    process = context.snapshot.processes.get(rest.strip()) if rest.strip() else context.process
    if word not in FORMS or (process is None and word != Kind.PROCESS):
        return context.reply(DeskPage("new usage"), _kinds())
    slug = str(process.record.slug) if process and word != Kind.PROCESS else ""
    draft = await context.parts.drafts.begin(_draft(context, word, slug, {}))
    return await _first(context, draft, draft.fields[0].path)


async def edit(context: Context) -> Reply:
    """Make a draft of a published record; go on with one's own where there is one."""
    return await _changing(context, None)


async def correct(context: Context) -> Reply:
    """Make a draft of a published record that is to be published as a correction; go on with one's own likewise."""
    return await _changing(context, Change.CORRECTION)


async def revert(context: Context) -> Reply:
    """Make a draft with the body that a record had in an earlier revision, `SLUG N`, and go on to publishing it."""
    name, _, number = context.arguments.rpartition(" ")
    if not name or not number.isdigit():
        return context.reply(DeskPage("revert usage"))
    found = await _named(context, name)
    if isinstance(found, Reply):
        return found
    history = await context.parts.drafts.history(found.ref)
    old = next((revision for revision in history if str(revision.ref.number) == number), None)
    if old is None or old.ref == found.ref:
        return context.reply(DeskPage("revert usage"))
    draft = await context.parts.drafts.begin(_of_record(context, found, old.record))
    return await publish_draft(context, draft)


async def drafts(context: Context) -> Reply:
    """Return the drafts there are, one's own or for an editor everybody's, and what is on its way; or one of them."""
    if context.arguments:
        draft = await draft_of(context, context.arguments)
        return Reply((await card(context, draft),)) if draft else context.reply(DeskPage("no draft"))
    reader, parts = context.request.reader.id, context.parts
    sees_all = await parts.team.has(reader, Role.EDITOR)
    found = [draft for draft in await parts.drafts.everything() if sees_all or draft.author == reader]
    waiting = await parts.publishing.waiting() if sees_all else ()
    lines = [
        DraftLine(draft.id, draft.form, draft.title, who(context, draft.author), draft.changed, draft.author == reader)
        for draft in found[:_SHOWN]
    ]
    stored = [
        ProposalLine(item.id, title_of_stored(item), whose(context, item.author), item.state.value)
        for item in waiting[:_SHOWN]
    ]
    buttons = tuple(
        (Button(f"{draft.id}: {draft.title or draft.form}", f"/drafts {draft.id}"),) for draft in found[:_SHOWN]
    )
    on_way = tuple((Button(f"no. {item.number}: {item.title}", f"/approve {item.number}"),) for item in stored)
    return context.reply(DraftsPage(lines, stored), (*buttons, *on_way))


async def _changing(context: Context, change: Change | None) -> Reply:
    found = await _named(context, context.arguments)
    if isinstance(found, Reply):
        return found
    request, drafts_kept = context.request, context.parts.drafts
    draft = await _own(context, found)
    if draft is None:
        draft = await drafts_kept.begin(replace(_of_record(context, found, found.record), plan=Plan(change)))
    elif change and draft.plan.change is not change:
        planned = replace(draft, plan=replace(draft.plan, change=change))
        draft = await drafts_kept.change(planned, request.now, request.reader.id, None, walking=False) or draft
    return Reply((await card(context, draft),))


async def _own(context: Context, published: Revision[Record]) -> Draft | None:
    """Return the draft of whoever asks that changes the record, None where they have none."""
    drafts_kept = await context.parts.drafts.everything()
    mine = (draft for draft in drafts_kept if draft.author == context.request.reader.id and draft.base)
    return next((draft for draft in mine if draft.base and draft.base.record == published.ref.record), None)


def _kinds() -> tuple[tuple[Button, ...], ...]:
    buttons = [Button(form, f"/new {form}") for form in FORMS]
    return tuple(tuple(buttons[start : start + 2]) for start in range(0, len(buttons), 2))


def _draft(context: Context, form: str, process: str, values: Values) -> Draft:
    now = context.request.now
    return Draft(0, form, process, context.request.reader.id, now, now, 1, None, values)


def _of_record(context: Context, published: Revision[Record], record: Record) -> Draft:
    """Return a draft that would change what is published to `record`."""
    values = of_json(record.model_dump(mode="json", exclude_defaults=True, exclude={"process"}))
    process = str(record.process) if isinstance(record, Filed) else str(record.slug)
    draft = _draft(context, record.kind.value, process, reopened(values) if isinstance(values, dict) else {})
    return replace(draft, base=published.ref)


async def _first(context: Context, draft: Draft, path: Path) -> Reply:
    await context.parts.drafts.ask(draft, context.request.reader.id, path, walking=True)
    return context.turned(ask(context, draft, path))


async def _named(context: Context, name: str) -> Revision[Record] | Reply:
    """Return the published record of that slug, or kind and slug; else what to say."""
    if not name.strip():
        return context.reply(DeskPage("edit usage"))
    wanted = name.strip().lower()
    found = [
        revision
        for revision in context.snapshot.published
        if wanted in {str(revision.record.slug), "/".join(key_of(revision.record))}
    ]
    if not found:
        return context.reply(NotFoundPage("record", name))
    if len(found) > 1:
        buttons = [
            Button(f"{record.kind}: {cards.title(record)}", f"/edit {'/'.join(key_of(record))}")
            for record in (revision.record for revision in found)
        ]
        return context.reply(DeskPage("edit which"), tuple((button,) for button in buttons))
    return found[0]
