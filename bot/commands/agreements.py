"""/agreements: by process, party and status on today's date, in pages."""

from dataclasses import dataclass
from typing import Final

from rapidfuzz.utils import default_process

from bot.catalogue.snapshot import in_process
from bot.commands import cards
from bot.commands.context import Context
from bot.commands.paging import cut, marked, split_page, turning
from bot.commands.stances import listed
from bot.domain.agreement import Agreement
from bot.domain.party import Party
from bot.domain.process import Process
from bot.domain.revision import Revision
from bot.domain.status import Status, status_on
from bot.rendering.pages.records import AgreementsPage
from bot.rendering.reply import Reply

_A_PAGE: Final = 6
_LONGEST_NAME: Final = 5  # words; longer names are found by their slugs
_STATUS_WORDS: Final = {
    **{status.value: status for status in Status},
    "agreed": Status.AGREED,
    "talks": Status.TALKS_AGREED,
    "active": Status.IN_EFFECT,
    "current": Status.IN_EFFECT,
    "due": Status.DUE,
    "expired": Status.DUE,
}


@dataclass(frozen=True, slots=True)
class Filters:
    """What narrows the list down, the words for it, and what was not understood."""

    process: Revision[Process] | None = None
    party: Revision[Party] | None = None
    status: Status | None = None
    unknown: str = ""

    @property
    def words(self) -> tuple[str, ...]:
        """Return the filters in words."""
        found = (
            self.process.record.title if self.process else "",
            self.party.record.name if self.party else "",
            self.status.value if self.status else "",
        )
        return tuple(filter(None, found))

    @property
    def line(self) -> str:
        """Return the command line that asks for the same."""
        slugs = (
            self.process.record.slug if self.process else "",
            self.party.record.slug if self.party else "",
            self.status.value if self.status else "",
        )
        return " ".join(("/agreements", *filter(None, slugs)))


async def agreements(context: Context) -> Reply:
    """Return a page of the agreements that the words behind the command narrow down to."""
    words, number = split_page(context.arguments)
    filters = read_filters(context, words)
    shown, paging = cut(_matching(context, filters), number, _A_PAGE)
    notes = context.notes()
    page = AgreementsPage(
        filters=filters.words,
        not_understood=filters.unknown,
        listed=tuple(listed(context, revision.record, context.today, notes) for revision in shown),
        age=context.oldest(revision.record for revision in shown),
        sources=notes.sources,
        paging=paging,
        day=context.today,
    )
    buttons = (*((cards.button(rev.record),) for rev in shown), *turning(paging, filters.line, context.labels))
    line = marked(filters.line, paging.number)
    return context.reply(page, buttons, tells=(*shown, *notes.told), line=line, turns=number is not None)


def read_filters(context: Context, words: str) -> Filters:
    """Return what the words narrow down; `status=x` and plain `x` are alike. Without a process, the chat's counts."""
    process, party, status = None, None, None
    rest = [word.partition("=")[2] or word for word in words.split()]
    unknown: list[str] = []
    while rest:
        for size in range(min(_LONGEST_NAME, len(rest)), 0, -1):
            phrase = " ".join(rest[:size])
            if (found_status := _STATUS_WORDS.get(phrase.lower().strip(","))) and status is None:
                status = found_status
            elif found_process := _exactly(context, phrase):
                process = found_process
            elif (found_party := _party(context, phrase)) and party is None:
                party = found_party
            else:
                continue
            rest = rest[size:]
            break
        else:
            unknown.append(rest.pop(0))
    return Filters(process or context.process, party, status, " ".join(unknown))


def _matching(context: Context, filters: Filters) -> list[Revision[Agreement]]:
    slug = filters.process.record.slug if filters.process else None
    return [
        revision
        for revision in in_process(context.snapshot.agreements, slug)
        if (not filters.party or _concerns(revision.record, filters.party.record))
        and (not filters.status or _has_status(context, revision.record, filters.status))
    ]


def _concerns(agreement: Agreement, party: Party) -> bool:
    return any(position.party == party.slug for position in agreement.positions)


def _has_status(context: Context, agreement: Agreement, status: Status) -> bool:
    standing = status_on(agreement, context.today)
    return standing is not None and standing.status is status


def _exactly(context: Context, phrase: str) -> Revision[Process] | None:
    return context.snapshot.processes.get(phrase.lower())


def _party(context: Context, phrase: str) -> Revision[Party] | None:
    wanted = default_process(phrase)
    for revision in context.snapshot.parties.values():
        names = (revision.record.slug, revision.record.name, *revision.record.aliases)
        if wanted and wanted in map(default_process, names):
            return revision
    return None
