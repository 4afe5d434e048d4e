"""Drafts: what is typed is kept at once, so that a restart or another device goes on where it was."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.base import Path
from bot.domain.draft import Draft
from bot.domain.record import Record
from bot.domain.revision import Revision, RevisionRef
from bot.services.team import author
from bot.storage import audit, drafts, records
from bot.storage.database import Connection, Database
from bot.storage.drafts import Dialogue


@dataclass(frozen=True, slots=True)
class Drafts:
    """What is being written on the desk."""

    database: Database

    async def begin(self, draft: Draft) -> Draft:
        """Keep a new draft; returns it with its number. Commits."""
        async with self.database.write() as connection:
            kept = await drafts.add(connection, draft)
            await audit.note(connection, kept.made, author(kept.author), "began", _what(kept))
            return kept

    async def read(self, number: int) -> Draft | None:
        """Return the draft of that number, None where there is none."""
        async with self.database.read() as connection:
            return await drafts.read(connection, number)

    async def everything(self) -> Sequence[Draft]:
        """Return every draft, the one changed last first."""
        async with self.database.read() as connection:
            return await drafts.all_drafts(connection)

    async def dialogue(self, reader: int) -> tuple[Draft, Dialogue] | None:
        """Return the draft that the person is writing and where in it they are, None where they are in none."""
        async with self.database.read() as connection:
            asked = await drafts.dialogue(connection, reader)
            draft = await drafts.read(connection, asked.draft) if asked else None
            return (draft, asked) if draft and asked else None

    async def change(
        self,
        draft: Draft,
        now: datetime,
        reader: int,
        place: Path | None,
        *,
        walking: bool,
        heard: int | None = None,
    ) -> Draft | None:
        """Keep the draft as it has become, and what is asked next (None: nothing); returns it as kept. Commits.

        `heard` is the message that changed it. Returns None, and keeps nothing, where somebody else has changed it
        meanwhile.
        """
        kept = replace(draft, changed=now, version=draft.version + 1)
        async with self.database.write() as connection:
            if not await drafts.write(connection, kept, draft.version):
                return None
            await drafts.ask(connection, reader, _asked(draft, place, walking=walking, heard=heard))
        return kept

    async def ask(self, draft: Draft, reader: int, place: Path | None, *, walking: bool) -> None:
        """Note what is asked of the person next; with None their dialogue has ended. Commits."""
        async with self.database.write() as connection:
            await drafts.ask(connection, reader, _asked(draft, place, walking=walking))

    async def leave(self, reader: int) -> None:
        """End the person's dialogue; the draft stays. Commits."""
        async with self.database.write() as connection:
            await drafts.ask(connection, reader, None)

    async def discard(self, connection: Connection, number: int, reader: int, now: datetime) -> None:
        """Throw the draft away, where it is still there. Does not commit."""
        if draft := await drafts.read(connection, number):
            await drafts.discard(connection, draft.id)
            await audit.note(connection, now, author(reader), "threw away", _what(draft))

    async def history(self, ref: RevisionRef) -> Sequence[Revision[Record]]:
        """Return every revision of the record, the oldest first."""
        async with self.database.read() as connection:
            return await records.history(connection, ref.record)


def _asked(draft: Draft, place: Path | None, *, walking: bool, heard: int | None = None) -> Dialogue | None:
    return None if place is None else Dialogue(draft.id, place, walking, heard)


def _what(draft: Draft) -> str:
    return f"draft {draft.id}: {draft.form} {draft.slug}".strip()
