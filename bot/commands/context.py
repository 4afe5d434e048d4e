"""What a command works with: the request, one snapshot, and the parts of the house that it may use."""

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Final

from bot.catalogue.catalogue import Catalogue
from bot.catalogue.snapshot import Snapshot
from bot.commands.request import ChatKind, Request
from bot.domain.process import Process
from bot.domain.record import Dated, Record
from bot.domain.revision import Revision, RevisionRef
from bot.domain.roles import Role
from bot.domain.staleness import staleness
from bot.rendering.engine import Templates
from bot.rendering.labels import Labels
from bot.rendering.notes import Notes
from bot.rendering.pages.page import Page
from bot.rendering.pages.parts import Age
from bot.rendering.pictures.drawing import Drawing
from bot.rendering.reply import Message, Reply, Rows
from bot.search.understanding import Understanding
from bot.services.alarm import Alarm
from bot.services.audit import Audit
from bot.services.broadcast import Broadcasts
from bot.services.clusters import Clusters
from bot.services.complaints import Complaints
from bot.services.confirm import Confirmations
from bot.services.corrections import Corrections
from bot.services.counting import Counting
from bot.services.drafts import Drafts
from bot.services.feedback import Feedback
from bot.services.forget import Forgetting
from bot.services.ledger import Ledger
from bot.services.pictures import Pictures
from bot.services.publishing import Publishing
from bot.services.queue import Queue
from bot.services.retention import Retention
from bot.services.statistics import Statistics
from bot.services.subscribe import Subscriptions
from bot.services.team import Team
from bot.services.topics import Topics
from bot.services.verifying import Verifying

Tells = Iterable[Revision[Record]]


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of the house that commands use, put together once at start.

    `desk_chat` is the desk's own chat, where it has one. Whoever has made messages owed sets `owed`, so that they need
    not wait until the outbox is looked at next.
    """

    catalogue: Catalogue
    templates: Templates
    topics: Topics
    ledger: Ledger
    feedback: Feedback
    retention: Retention
    alarm: Alarm
    subscriptions: Subscriptions
    broadcasts: Broadcasts
    corrections: Corrections
    confirmations: Confirmations
    forgetting: Forgetting
    team: Team
    pictures: Pictures
    audit: Audit
    drafts: Drafts
    publishing: Publishing
    queue: Queue
    counting: Counting
    clusters: Clusters
    complaints: Complaints
    statistics: Statistics
    verifying: Verifying
    desk_chat: int | None
    understanding: Understanding
    owed: asyncio.Event = field(default_factory=asyncio.Event)


@dataclass(frozen=True)
class Context:
    """One request with the snapshot that it is answered from, whatever is published meanwhile."""

    request: Request
    snapshot: Snapshot
    parts: Parts

    @property
    def arguments(self) -> str:
        """Return what stands behind the command."""
        return self.request.arguments

    @property
    def today(self) -> date:
        """Return the day of the request, in UTC."""
        return self.request.now.date()

    @property
    def labels(self) -> Labels:
        """Return the words on buttons in the reader's language."""
        return self.parts.templates.labels(self.request.reader.locale)

    @property
    def role(self) -> Role | None:
        """Return the role of whoever asks, where it counts: the desk's commands work in a private chat only."""
        request = self.request
        return self.parts.team.role(request.reader.id) if request.chat.kind is ChatKind.PRIVATE else None

    @cached_property
    def process(self) -> Revision[Process] | None:
        """Return the process that this chat asks about; None only while nothing is published."""
        chosen = self.snapshot.processes.get(self.parts.topics.chosen(self.request.chat.id) or "")
        return chosen or self.snapshot.default_process()

    def notes(self) -> Notes:
        """Return the citations of a new message."""
        return Notes(self.snapshot.sources, self.snapshot.parties)

    def age(self, record: Dated | Process) -> Age:
        """Return as of when the record holds, and whether it is stale today."""
        stale = staleness(record, self.snapshot.process_of(record), self.today)
        return Age(record.as_of, stale, record.verified_at)

    def oldest(self, records: Iterable[Dated | Process]) -> Age | None:
        """Return the age of the record that was last true longest ago, None where there are none.

        What a dataset lists has no such day: it is as old as the dataset's coding, which the card tells.
        """
        own = (record for record in records if not getattr(record, "dataset", None))
        oldest = min(own, key=lambda record: record.as_of, default=None)
        return self.age(oldest) if oldest else None

    def share(self, payload: str) -> str:
        """Return a link that leads to what `payload` names, or, where links lead nowhere, the command to type."""
        return f"{self.request.home}?start={payload}" if self.request.home else f"/start {payload}"

    def message(self, page: Page, buttons: Rows = (), *, tells: Tells = (), line: str = "") -> Message:
        """Return the page as a message. `line` makes it again; whatever tells something needs one."""
        html = self.parts.templates.render(page, self.request.reader.locale)
        refs: Sequence[RevisionRef] = list(dict.fromkeys(revision.ref for revision in tells))
        return Message(html, buttons, tuple(refs), line)

    async def picture(self, drawing: Drawing) -> bytes:
        """Return the drawing as a PNG. Raises PictureFailed where it cannot be painted."""
        return await self.parts.pictures.paint(self.parts.templates.draw(drawing, self.request.reader.locale))

    def reply(self, page: Page, buttons: Rows = (), *, tells: Tells = (), line: str = "", turns: bool = False) -> Reply:
        """Return a reply of one page. With `turns` it takes the place of the message whose button was pressed."""
        message = self.message(page, buttons, tells=tells, line=line)
        return Reply((message,), turns=turns and self.request.pressed is not None)

    def turned(self, message: Message) -> Reply:
        """Return a reply that takes the place of the message whose button was pressed, where one was."""
        return Reply((message,), turns=self.request.pressed is not None)


NOTHING: Final = Reply()
