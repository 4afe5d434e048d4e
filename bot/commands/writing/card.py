"""The card of a draft: all its fields with what stands in them, and what keeps it from being published."""

import asyncio
from typing import Final

from bot.commands.context import Context
from bot.commands.writing.access import who
from bot.commands.writing.asking import summary
from bot.commands.writing.paths import written
from bot.domain.draft import Draft
from bot.domain.plain import at, filled
from bot.domain.roles import Role
from bot.rendering.pages.writing import DraftPage, FieldLine
from bot.rendering.reply import Button, Message, Rows
from bot.services.examine import FieldFault, examine

_IN_A_ROW: Final = 3
_FAULTS: Final = 8  # told on the card; the rest come when these are mended


async def card(context: Context, draft: Draft, state: str = "") -> Message:
    """Return the draft's card, each field a button."""
    examined = await asyncio.to_thread(examine, draft, context.snapshot.published)
    labels, others = context.labels.fields, await others_of(context, draft)
    lines = [
        FieldLine(
            labels[field.name.split(".")[-1]],
            summary(at(draft.values, field.path)),
            field.required and not filled(draft.values, field.path),
        )
        for field in draft.fields
    ]
    page = DraftPage(
        state,
        draft.form,
        draft.title,
        draft.id,
        draft.base.number if draft.base else 0,
        [who(context, other.author) for other in others],
        [line for line in lines if line.value or line.missing],
        [told(context, fault) for fault in examined.faults[:_FAULTS]],
    )
    return context.message(page, _buttons(context, draft, beside=bool(others)))


def told(context: Context, fault: FieldFault) -> str:
    """Return what is wrong with a draft, beginning with the field as its button calls it."""
    labels = context.labels.fields
    name = next((labels[step] for step in fault.path if isinstance(step, str) and step in labels), "")
    number = next((f" {step + 1}" for step in fault.path if isinstance(step, int)), "")
    return f"{name}{number}: {fault.problem}: {fault.remedy}" if name else f"{fault.problem}: {fault.remedy}"


async def others_of(context: Context, draft: Draft) -> list[Draft]:
    """Return the drafts of others that change the same record."""
    if draft.base is None:
        return []
    everything = await context.parts.drafts.everything()
    return [
        other
        for other in everything
        if other.base and other.base.record == draft.base.record and other.author != draft.author
    ]


def _buttons(context: Context, draft: Draft, *, beside: bool) -> Rows:
    labels, head = context.labels, f"/draft {draft.id}"
    fields = [
        Button(labels.fields[field.name.split(".")[-1]], f"{head} at {written(field.path)}") for field in draft.fields
    ]
    rows = [tuple(fields[start : start + _IN_A_ROW]) for start in range(0, len(fields), _IN_A_ROW)]
    role = context.role
    show = [Button(labels.preview, f"/preview {draft.id}")]
    if role and role.covers(Role.EDITOR):
        show.append(Button(labels.to_publish, f"/publish {draft.id}"))
        if beside:
            show.append(Button(labels.show_both, f"{head} compare"))
    leave = (Button(labels.save, f"{head} save"), Button(labels.throw_away, f"{head} discard"))
    return (*rows, tuple(show), leave)
