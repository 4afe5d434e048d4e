"""Correcting: a message that told something wrong is made again from its own command line and edited in its place."""

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final

from telegram.error import BadRequest, ChatMigrated

from bot.catalogue.catalogue import Catalogue
from bot.channels.telegram.sender import Sender
from bot.channels.telegram.variants import Variants
from bot.commands import cards
from bot.commands.request import Request
from bot.commands.router import Router
from bot.domain.revision import Change, RevisionRef
from bot.rendering.engine import Templates
from bot.rendering.pages.changing import BannerPage, WithdrawnPage
from bot.rendering.reply import Button, Message
from bot.services.broadcast import Broadcasts
from bot.services.corrections import Correction, Corrections
from bot.services.delivery import Delivery
from bot.services.topics import Topics
from bot.storage.broadcasts import Broadcast
from bot.storage.ledger import Entry
from bot.storage.outbox import Owed

_ON_ITS_WAY: Final = timedelta(minutes=15)  # longer than a reply is tried to be sent
_SAME: Final = "reads the same"


@dataclass(frozen=True, slots=True)
class Desk:
    """What correcting needs of the house."""

    delivery: Delivery
    router: Router
    catalogue: Catalogue
    topics: Topics
    templates: Templates
    broadcasts: Broadcasts
    corrections: Corrections


@dataclass(frozen=True, slots=True)
class _About:
    """The broadcast that a correction goes out with, and what it puts right."""

    broadcast: Broadcast
    corrected: tuple[Correction, ...]


@dataclass(frozen=True, slots=True)
class _Remade:
    """The message as it is to read now; `same` where nobody who read it read anything else."""

    parts: tuple[Message, ...]
    same: bool


class Corrector:
    """Corrects messages. What it makes is kept by all that it depends on: thousands were told the same."""

    def __init__(self, desk: Desk, sender: Sender) -> None:
        """Correct through `sender`."""
        self._desk: Final = desk
        self._sender: Final = sender
        self._remade: Final = Variants[_Remade]()
        self._abouts: Final = Variants[_About | None]()

    async def correct(self, owed: Owed, request: Request) -> None:
        """Correct the message, or leave it where it reads the same, and note what has become of it.

        Raises python-telegram-bot's errors, but for those that only say that this message cannot be edited any more.
        """
        delivery, now = self._desk.delivery, request.now
        entry = await delivery.entry(owed)
        if entry is None:
            await delivery.not_corrected(owed, "erased", now, announced=False)
            return
        if entry.message is None and entry.inline_message is None:
            if now - entry.told < _ON_ITS_WAY:
                await delivery.put_off(owed, now)
            else:
                await delivery.not_corrected(owed, "never confirmed", now, announced=True)
            return
        remade = await self._variant(owed, entry, request)
        if remade.same:
            await delivery.not_corrected(owed, _SAME, now, announced=False)
            return
        message = remade.parts[min(entry.part, len(remade.parts) - 1)]
        try:
            await self._sender.edit(message, entry, request.reader.id, now)
        except (BadRequest, ChatMigrated) as error:  # of a group that has moved, what was said before it stays
            await delivery.not_corrected(owed, error.message, now, announced=True)
        else:
            await delivery.corrected(owed, message.tells, now)

    async def _variant(self, owed: Owed, entry: Entry, request: Request) -> _Remade:
        about = await self._abouts.get(owed.broadcast, lambda: self._about(owed.broadcast or 0))
        if about is None:
            return _Remade((), same=True)
        records = {item.new.ref.record for item in about.corrected}
        told = frozenset(ref for ref in entry.tells if ref.record in records)
        key = (
            self._desk.catalogue.current.number,
            (owed.broadcast, owed.line, owed.locale, told, entry.tells[:1], request.now.date()),
            self._desk.topics.chosen(owed.chat),
        )
        return await self._remade.get(key, lambda: self._make(owed.line, entry, request, about, told))

    async def _about(self, number: int) -> _About | None:
        """Return what never changes of a broadcast once it is made; None where it corrects nothing."""
        broadcast = await self._desk.broadcasts.read(number)
        if broadcast is None or broadcast.publication is None:
            return None
        return _About(broadcast, await self._desk.corrections.of(broadcast.publication))

    async def _make(
        self, line: str, entry: Entry, request: Request, found: _About, told: frozenset[RevisionRef]
    ) -> _Remade:
        """Make the message as it is now and as it was told, all else alike, to see whether a reader reads another."""
        corrected = found.corrected
        about = next((item for item in corrected if entry.tells and item.new.ref.record == entry.tells[0].record), None)
        day, note = found.broadcast.made.date(), next(item.new.note for item in corrected)
        render = self._desk.templates.render
        if about and about.new.change is Change.RETRACTION:
            page = WithdrawnPage(cards.title(about.new.record), day, about.new.note)
            return _Remade((Message(render(page, request.reader.locale)),), same=False)
        before = await self._desk.router.made(request, await self._desk.catalogue.as_told(told))
        after = await self._desk.router.made(request)
        if told and [part.html for part in before] == [part.html for part in after]:
            return _Remade((), same=True)
        head = render(BannerPage(day, (about.new.note if about else note)), request.reader.locale)
        parts = await self._desk.router.made(request, head=head)
        rest = Button(self._desk.templates.labels(request.reader.locale).rest, line)
        return _Remade(_leading_on(parts, len(before), rest), same=False)


def _leading_on(parts: tuple[Message, ...], told: int, rest: Button) -> tuple[Message, ...]:
    """Return the parts; where there are more than were told, a button below the last of those leads on."""
    if len(parts) <= told:
        return parts
    last = parts[told - 1]
    return (*parts[: told - 1], replace(last, buttons=(*parts[-1].buttons, (rest,))), *parts[told:])
