"""Drafts, and the dialogues in which they are written: one a person, whichever device they use."""

import json
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Row, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.base import Path
from bot.domain.draft import Draft, Plan
from bot.domain.revision import Change, RevisionRef
from bot.storage.tables import dialogues, drafts


@dataclass(frozen=True, slots=True)
class Dialogue:
    """Where somebody is in a draft: what was asked of them, and whether they walk through all fields.

    `heard` is the message whose words were taken last: after a kill the same message may be handled once more.
    """

    draft: int
    place: Path
    walking: bool
    heard: int | None = None


async def add(connection: AsyncConnection, draft: Draft) -> Draft:
    """Write a new draft; returns it with its number. Does not commit."""
    row = _row(draft) | {"form": draft.form, "author": draft.author, "made": draft.made}
    number: int = (await connection.execute(insert(drafts).values(**row).returning(drafts.c.id))).scalar_one()
    return replace(draft, id=number)


async def read(connection: AsyncConnection, number: int) -> Draft | None:
    """Return the draft of that number, None where there is none."""
    row = (await connection.execute(select(drafts).where(drafts.c.id == number))).one_or_none()
    return _draft(row) if row else None


async def all_drafts(connection: AsyncConnection) -> tuple[Draft, ...]:
    """Return every draft, the one changed last first."""
    rows = await connection.execute(select(drafts).order_by(drafts.c.changed.desc(), drafts.c.id.desc()))
    return tuple(map(_draft, rows))


async def write(connection: AsyncConnection, draft: Draft, version: int) -> bool:
    """Keep the draft as it is now; returns False where it is no longer of that version. Does not commit."""
    mine = (drafts.c.id == draft.id) & (drafts.c.version == version)
    return (await connection.execute(update(drafts).where(mine).values(**_row(draft)))).rowcount > 0


async def discard(connection: AsyncConnection, number: int) -> None:
    """Throw the draft away, with the dialogues about it. Does not commit."""
    await connection.execute(delete(drafts).where(drafts.c.id == number))


async def dialogue(connection: AsyncConnection, reader: int) -> Dialogue | None:
    """Return where the person is in a draft, None where they are in none."""
    row = (await connection.execute(select(dialogues).where(dialogues.c.reader == reader))).one_or_none()
    return Dialogue(row.draft, tuple(json.loads(row.place)), row.walking, row.heard) if row else None


async def ask(connection: AsyncConnection, reader: int, asked: Dialogue | None) -> None:
    """Note what is asked of the person, in place of what was asked before; nothing any more with None.

    Does not commit.
    """
    await connection.execute(delete(dialogues).where(dialogues.c.reader == reader))
    if asked:
        place = json.dumps(asked.place)
        await connection.execute(
            insert(dialogues).values(
                reader=reader, draft=asked.draft, place=place, walking=asked.walking, heard=asked.heard
            )
        )


def _draft(row: Row[Any]) -> Draft:
    base = None if row.record is None else RevisionRef(row.record, row.number)
    plan = json.loads(row.plan)
    change = Change(plan["change"]) if plan["change"] else None
    return Draft(
        row.id,
        row.form,
        row.process,
        row.author,
        row.made,
        row.changed,
        row.version,
        base,
        json.loads(row.written),
        Plan(change, plan["since"], plan["note"]),
    )


def _row(draft: Draft) -> dict[str, object]:
    plan = draft.plan
    return {
        "process": draft.process,
        "changed": draft.changed,
        "version": draft.version,
        "record": draft.base.record if draft.base else None,
        "number": draft.base.number if draft.base else None,
        "written": json.dumps(draft.values, ensure_ascii=False),
        "plan": json.dumps({"change": plan.change, "since": plan.since, "note": plan.note}),
    }
