"""/publish: a draft through the gate, and the question that is confirmed; the one that every publication asks."""

import asyncio
from dataclasses import replace
from typing import Final

from bot.commands import cards
from bot.commands.confirming import asking
from bot.commands.context import Context
from bot.commands.lookup import title_of as process_title
from bot.commands.writing.access import draft_of, number_in, whose
from bot.commands.writing.card import told
from bot.commands.writing.comparing import in_words
from bot.commands.writing.held import held_message, title_of
from bot.commands.writing.paths import NOTE, written
from bot.commands.writing.previewing import CARDS, bulletin_preview, previews
from bot.domain.base import Model
from bot.domain.difference import between
from bot.domain.draft import Draft
from bot.domain.gate import note_over
from bot.domain.plain import at
from bot.domain.record import Record
from bot.domain.revision import Change, Revision
from bot.domain.roles import Role
from bot.rendering.pages.desk import DeskPage, FaultsPage
from bot.rendering.pages.publishing import PublishPage
from bot.rendering.pages.writing import ChangePage, ComparePage
from bot.rendering.reply import Button, Message, Reply
from bot.services.examine import examine
from bot.services.proposal import Proposal, needs_second, proposed
from bot.services.team import author
from bot.storage.confirmations import Pending
from bot.storage.database import Connection
from bot.storage.proposals import Stored

_REVISIONS: Final = 8  # to choose from


class Asked(Model):
    """What is confirmed: the proposal as it was shown, the draft it was made from, and whether the gate warned."""

    proposal: Proposal
    draft: int | None = None
    version: int | None = None
    warned: bool = False


async def publish(context: Context) -> Reply:
    """Publish a draft: `[NUMBER [minor|update|correction|since N|mine]]`; asks for what is still missing."""
    number, _, word = context.arguments.partition(" ")
    draft = await draft_of(context, number)
    if draft is None:
        return context.reply(DeskPage("no draft"))
    plan, (verb, _, rest) = draft.plan, word.partition(" ")
    changed = draft
    if verb in {Change.MINOR, Change.UPDATE, Change.CORRECTION}:
        changed = replace(draft, plan=replace(plan, change=Change(verb)))
    elif verb == "since" and number_in(rest):
        changed = replace(draft, plan=replace(plan, since=number_in(rest)))
    elif verb == "mine" and (newest := _published(context, draft)):
        changed = replace(draft, base=newest.ref)
    if changed == draft:
        return await publish_draft(context, draft)
    reader = context.request.reader.id
    kept = await context.parts.drafts.change(changed, context.request.now, reader, None, walking=False)
    return await publish_draft(context, kept) if kept else context.reply(DeskPage("draft overtaken"))


async def publish_draft(context: Context, draft: Draft) -> Reply:
    """Return what keeps the draft from being published, what is still to be said of it, or the question to confirm."""
    await context.parts.drafts.leave(context.request.reader.id)  # what is typed from here on belongs to no field
    examined = await asyncio.to_thread(examine, draft, context.snapshot.published)
    if examined.faults:
        return _faulty(context, draft, [told(context, fault) for fault in examined.faults])
    if examined.record is None:
        return await ask_bulletin(context, draft.process, str(at(draft.values, ("text",))), draft)
    published = _published(context, draft)
    if draft.base and (published is None or published.ref != draft.base):
        return await _compared(context, draft, examined.record, published)
    if published and not between(published.record, examined.record):
        back = Button(context.labels.all_fields, f"/drafts {draft.id}")
        return context.reply(DeskPage("draft unchanged"), ((back,),))
    if draft.base and (missing := await _unsaid(context, draft)):
        return missing
    plan = draft.plan
    proposal = proposed(
        [examined.record],
        context.snapshot.published,
        change=plan.change or Change.UPDATE,
        note=plan.note,
        since=plan.since if plan.change is Change.CORRECTION else None,
    )
    return await ask_to_publish(context, proposal, draft=draft)


async def ask_to_publish(
    context: Context,
    proposal: Proposal,
    *,
    draft: Draft | None = None,
    unchanged: int = 0,
    choices: tuple[tuple[str, str], ...] = (),
) -> Reply:
    """Return previews of all that is proposed, whom it reaches, and the buttons that confirm it."""
    published = [revision.record for revision in context.snapshot.published]
    records = [item.record for item in proposal.records]
    retired = proposal.change is Change.RETRACTION
    judgement = await context.parts.publishing.judged(proposal, published)
    if judgement.faults:
        problems = [f"{fault.kind} {fault.slug}: {fault.problem}" for fault in judgement.faults]
        return context.reply(FaultsPage(problems, retiring=cards.title(records[0]) if retired else ""))
    shown = [] if retired else await previews(context, records)
    reached = await context.parts.publishing.reach(proposal, context.request.now)
    role = context.role
    may = role is not None and role.covers(Role.OWNER)
    page = PublishPage(
        process=_process(context, proposal),
        new=[cards.title(item.record) for item in proposal.records if not item.base],
        changed=[cards.title(item.record) for item in proposal.records if item.base and not retired],
        retired=[cards.title(record) for record in records if retired],
        unchanged=unchanged,
        change="" if choices else proposal.change.value,
        note=proposal.note,
        unseen=max(0, len(shown) - CARDS),
        messages=reached.messages,
        readers=reached.readers,
        followers=reached.followers,
        hold=int(context.parts.publishing.hold.total_seconds()),
        second=needs_second(proposal, published),
        warnings=[f"{warning.problem}: {warning.remedy}" for warning in judgement.warnings],
        may=may,
    )
    if judgement.warnings and not may:
        return Reply((*shown[:CARDS], context.message(page)))
    asked = proposal.model_copy(update={"note": note_over(proposal.note, judgement.warnings)})
    question = await _question(context, page, asked, draft, choices, warned=bool(judgement.warnings))
    return Reply((*shown[:CARDS], question))


async def ask_bulletin(context: Context, process: str, text: str, draft: Draft | None = None) -> Reply:
    """Return the bulletin as followers would get it, how many there are, and the button that sends it."""
    shown = bulletin_preview(context, process, text)
    proposal = Proposal(process=process, bulletin=text)
    title = _process(context, proposal)
    reached = await context.parts.subscriptions.count(process)
    if not reached:
        return Reply((shown, context.message(DeskPage("bulletin nobody", title=title))))
    published = [revision.record for revision in context.snapshot.published]
    hold = int(context.parts.publishing.hold.total_seconds())
    second = needs_second(proposal, published)
    page = PublishPage(title, (), (), (), 0, "bulletin", "", 0, 0, 0, reached, hold, second, (), may=True)
    return Reply((shown, await _question(context, page, proposal, draft, ())))


async def confirm_publishing(context: Context, connection: Connection, payload: str, choice: str) -> Reply:
    """Take what was confirmed to where it waits, is held, or is published at once."""
    asked = Asked.model_validate_json(payload)
    proposal, reader = asked.proposal, context.request.reader.id
    if asked.warned and not await context.parts.team.has_in(connection, reader, Role.OWNER):
        return context.reply(DeskPage("cancelled"), turns=True)
    if choice in set(Change):
        proposal = proposal.model_copy(update={"change": Change(choice)})
    stored = await context.parts.publishing.submit(
        connection, proposal, by=author(reader), now=context.request.now, draft=asked.draft, version=asked.version
    )
    return Reply((held_message(context, stored),), turns=True)


def title_of_stored(stored: Stored) -> str:
    """Return what to call what was confirmed; its number where it cannot be read."""
    try:
        return title_of(Proposal.model_validate_json(stored.body))
    except ValueError:
        return f"no. {stored.id}"


async def _question(
    context: Context,
    page: PublishPage,
    proposal: Proposal,
    draft: Draft | None,
    choices: tuple[tuple[str, str], ...],
    *,
    warned: bool = False,
) -> Message:
    asked = Asked(
        proposal=proposal, draft=draft.id if draft else None, version=draft.version if draft else None, warned=warned
    )
    yes = context.labels.confirm if page.retired or page.change == "bulletin" else context.labels.publish
    offered = choices or ((yes, "yes"),)
    return await asking(context, page, Pending("publish", asked.model_dump_json(exclude_defaults=True)), offered)


async def _unsaid(context: Context, draft: Draft) -> Reply | None:
    """Return the question for what is still to be said of a change, None where all is said."""
    plan, labels, head = draft.plan, context.labels, f"/publish {draft.id}"
    if plan.change is None:
        kinds = [
            Button(labels.wording, f"{head} {Change.MINOR.value}"),
            Button(labels.new_facts, f"{head} {Change.UPDATE.value}"),
            Button(labels.was_wrong, f"{head} {Change.CORRECTION.value}"),
        ]
        return context.reply(ChangePage("kind", draft.title), tuple((button,) for button in kinds))
    if plan.change is not Change.CORRECTION or draft.base is None:
        return None
    history = await context.parts.drafts.history(draft.base)
    if plan.since is None and len(history) > 1:
        since = [Button(_dated(revision), f"{head} since {revision.ref.number}") for revision in history[-_REVISIONS:]]
        return context.reply(ChangePage("since", draft.title), tuple((button,) for button in since))
    if not plan.note:
        await context.parts.drafts.ask(draft, context.request.reader.id, NOTE, walking=False)
        return context.reply(ChangePage("note", draft.title))
    return None


def _dated(revision: Revision[Record]) -> str:
    return f"{revision.ref.number}: {revision.recorded:%Y-%m-%d}, {revision.change.value}"


def _faulty(context: Context, draft: Draft, faults: list[str]) -> Reply:
    fields = {field.path: context.labels.fields[field.name.split(".")[-1]] for field in draft.fields}
    named = [(path, label) for path, label in fields.items() if any(fault.startswith(label) for fault in faults)]
    rows = tuple((Button(label, f"/draft {draft.id} at {written(path)}"),) for path, label in named)
    return context.reply(
        FaultsPage(faults, draft=draft.id), (*rows, (Button(context.labels.all_fields, f"/drafts {draft.id}"),))
    )


def _published(context: Context, draft: Draft) -> Revision[Record] | None:
    return context.snapshot.by_id(draft.base.record) if draft.base else None


async def _compared(context: Context, draft: Draft, record: Record, published: Revision[Record] | None) -> Reply:
    """Tell whoever comes second of what came first, with both versions."""
    labels = context.labels
    if published is None or draft.base is None:
        return context.reply(DeskPage("draft gone"))
    history = await context.parts.drafts.history(draft.base)
    base = next((revision.record for revision in history if revision.ref == draft.base), None)
    page = ComparePage(
        "overtaken",
        cards.title(published.record),
        whose(context, published.author),
        in_words(context, between(base, record)),
        in_words(context, between(base, published.record)),
    )
    rows = (
        (Button(labels.keep_mine, f"/publish {draft.id} mine"),),
        (Button(labels.all_fields, f"/drafts {draft.id}"), Button(labels.throw_away, f"/draft {draft.id} discard")),
    )
    return context.reply(page, rows)


def _process(context: Context, proposal: Proposal) -> str:
    return process_title(context.snapshot.processes.get(proposal.process)) or proposal.process
