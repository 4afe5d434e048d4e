"""Inline mode: what `@bot words` offers in any chat, and /inline, which makes again a message that was sent so."""

from dataclasses import dataclass
from typing import Final, Self

from bot.commands import cards
from bot.commands.ask import QUESTION_LIMIT
from bot.commands.context import Context
from bot.commands.finding import find
from bot.commands.stances import listed
from bot.domain.agreement import Agreement
from bot.domain.base import SLUG
from bot.domain.party import Party
from bot.domain.process import Process
from bot.domain.question import Question
from bot.domain.record import Record
from bot.domain.revision import Revision, RevisionRef
from bot.domain.statement import Statement
from bot.rendering.limits import clipped, split, visible
from bot.rendering.notes import Notes
from bot.rendering.pages.inline import InlineGonePage, InlinePage, InlinePreviewPage
from bot.rendering.pages.parts import Listed
from bot.rendering.reply import Button, Message, Reply, Rows

INLINE_CHAT: Final = 0  # the ledger's chat of such messages: where they stand the bot is not told
LINE: Final = "/inline"
A_PAGE: Final = 20  # of Telegram's fifty: some phone screens, made in a moment
_PREVIEW: Final = 160  # characters: about what two lines on a phone show
_ID_LIMIT: Final = 64  # bytes of a result's id, by the Bot API
_DIGITS: Final = 6  # of an offset: more pages than there will ever be


@dataclass(frozen=True, slots=True)
class ResultId:
    """What a result is called: its record's start payload, and the language and publication that it was made from.

    Telegram hands it back when the result is sent, perhaps long after, and perhaps to another reader: answers are
    shared by all who type the same. So it must tell what the message showed. At most 64 bytes.
    """

    payload: str
    locale: str
    publication: int

    def __str__(self) -> str:
        """Return the written form."""
        return f"{self.payload}.{self.locale}.{self.publication}"

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """Return the id that `text` writes, None where it writes none."""
        payload, _, rest = text.partition(".")
        locale, _, number = rest.partition(".")
        if len(text) > _ID_LIMIT or not text.isascii() or not (locale.isalpha() and number.isdigit()):
            return None
        return cls(payload, locale, int(number))


@dataclass(frozen=True, slots=True)
class InlineResult:
    """One thing to choose from: a title, a line of preview, and the message that it sends, with what that tells."""

    id: str
    title: str
    preview: str
    html: str
    buttons: Rows
    tells: tuple[RevisionRef, ...]
    line: str


@dataclass(frozen=True, slots=True)
class Offered:
    """What to choose from, and the offset to ask for the next page with; "" where there is none."""

    results: tuple[InlineResult, ...] = ()
    next_offset: str = ""


async def inline(context: Context) -> Reply:
    """Return the message that inline mode sends for a payload; of what is not published, that it is not."""
    return Reply((sent(context, context.arguments),))


async def offer(context: Context, offset: str = "") -> Offered:
    """Return what the words find, best first; without words the brief and the newest records, a page of them."""
    words = " ".join(context.arguments.split())
    if not words:
        return _newest(context, int(offset) if offset.isascii() and offset.isdigit() and len(offset) <= _DIGITS else 0)
    if offset or len(words) > QUESTION_LIMIT:
        return Offered()
    process = context.snapshot.default_process()
    finding = await find(context.parts, context.snapshot, words, process.record.slug if process else None)
    found = (cards.card(context.snapshot, hit.kind, hit.slug) for hit in finding.hits)
    return Offered(tuple(_result(context, revision) for revision in found if revision and _short(revision.record)))


def sent(context: Context, payload: str) -> Message:
    """Return the message for a payload as it reads now; of what is not published, that it is not."""
    letter, _, slug = payload.partition("_")
    kind = cards.PAYLOADS.get(letter)
    revision = cards.card(context.snapshot, kind, slug) if kind and SLUG.fullmatch(slug) else None
    if revision is None or not _short(revision.record):
        return context.message(InlineGonePage(), _ask_more(context, cards.ASK))
    return _message(context, revision)


def _newest(context: Context, start: int) -> Offered:
    """Return the default process's brief, then everything else by the day that it holds as of, newest first."""
    snapshot, first = context.snapshot, context.snapshot.default_process()
    dated: list[Revision[Question] | Revision[Agreement] | Revision[Process]] = [
        *snapshot.questions.values(),
        *snapshot.agreements.values(),
        *(process for process in snapshot.processes.values() if process is not first),
    ]
    dated.sort(key=lambda revision: (revision.record.as_of, revision.recorded), reverse=True)
    everything = [*((first,) if first else ()), *dated]
    end = start + A_PAGE
    results = tuple(_result(context, revision) for revision in everything[start:end])
    return Offered(results, str(end) if end < len(everything) else "")


def _result(context: Context, revision: Revision[Record]) -> InlineResult:
    record, message = revision.record, _message(context, revision)
    locale = context.parts.templates.locale(context.request.reader.locale)
    identity = ResultId(cards.payload(record.kind, record.slug), locale, context.snapshot.number)
    return InlineResult(
        str(identity),
        cards.title(record),
        _preview(context, record),
        message.html,
        message.buttons,
        message.tells,
        message.line,
    )


def _message(context: Context, revision: Revision[Record]) -> Message:
    """Return the record in as many of its short answer's statements as fit one message, each with its sources."""
    for kept in range(len(_short(revision.record)), 0, -1):
        message = _told(context, revision, kept)
        if len(split(message.html)) == 1:
            return message
    return _told(context, revision, 0)


def _told(context: Context, revision: Revision[Record], kept: int) -> Message:
    """Return the message with the first so many statements of the short answer."""
    record, short, notes = revision.record, _short(revision.record), context.notes()
    payload = cards.payload(record.kind, record.slug)
    standing = _listed(context, record, notes)  # first in the message, so that its sources are numbered first
    shown = notes.show_all(short[:kept])
    page = InlinePage(
        title=cards.title(record),
        brief=isinstance(record, Process),
        listed=standing,
        day=context.today,
        short=shown,
        cut=kept < len(short),
        age=context.age(record) if isinstance(record, (Question, Agreement, Process)) else None,
        sources=notes.sources,
        share=context.share(payload),
    )
    buttons = _ask_more(context, payload)
    return context.message(page, buttons, tells=(revision, *notes.told), line=f"{LINE} {payload}")


def _preview(context: Context, record: Record) -> str:
    notes = context.notes()
    first, standing = notes.bare(_short(record)[0]), _listed(context, record, notes)
    page = InlinePreviewPage(isinstance(record, Process), standing, context.today, first)
    html = context.parts.templates.render(page, context.request.reader.locale)
    return clipped(" ".join(visible(html).split()), _PREVIEW)


def _listed(context: Context, record: Record, notes: Notes) -> Listed | None:
    return listed(context, record, context.today, notes) if isinstance(record, Agreement) else None


def _ask_more(context: Context, payload: str) -> Rows:
    """Return the button that leads to the bot. Telegram tells the id only of messages that have a button."""
    url = context.share(payload)
    return ((Button(context.labels.ask_more, url=url),),) if context.request.home else ()


def _short(record: Record) -> tuple[Statement, ...]:
    """Return what is to be said of the record in short; nothing sourced, nothing to send."""
    match record:
        case Question():
            return record.short
        case Agreement():
            return (record.purpose,)
        case Process():
            return record.summary
        case Party():
            return record.about
    return ()
