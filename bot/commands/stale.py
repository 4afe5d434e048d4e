"""/stale: what is due to be checked again, with the buttons that say it is still true, or lead to changing it."""

from typing import Final

from bot.catalogue.due import DatedRevision, due
from bot.commands import cards
from bot.commands.context import Context
from bot.commands.paging import cut, split_page, turning
from bot.commands.request import ChatKind
from bot.domain.revision import RevisionRef
from bot.rendering.limits import clipped
from bot.rendering.pages.overview import StaleLine, StalePage
from bot.rendering.reply import Button, Reply

_A_PAGE: Final = 5
_LABEL: Final = 40  # characters of a title on a button that has another beside it


async def stale(context: Context) -> Reply:
    """Return a page of what is due, or take the word that a revision (`true 12.3`) is still true and go on."""
    words, page = split_page(context.arguments)
    verb, _, written = words.partition(" ")
    if verb == "true":
        return await _still_true(context, RevisionRef.parse(written))
    return _listed(context, page)


async def _still_true(context: Context, ref: RevisionRef | None) -> Reply:
    request, parts = context.request, context.parts
    done = False
    if ref:
        reader = request.reader.id
        name = parts.team.name(reader)
        done = await parts.verifying.still_true(ref, reader=reader, name=name, now=request.now)
        await parts.catalogue.refresh()
    there = Context(request, parts.catalogue.current, parts)
    return _listed(there, None, checked="checked" if done else "overtaken")


def _listed(context: Context, page: int | None, checked: str = "") -> Reply:
    found = due(context.snapshot, context.today)
    shown, paging = cut(found, page, _A_PAGE)
    lines = [
        StaleLine(cards.title(rev.record), since.since, since.review_missed, rev.record.as_of) for rev, since in shown
    ]
    private = context.request.chat.kind is not ChatKind.GROUP
    buttons = [row for rev, _ in shown for row in _row(context, rev, private=private)]
    return context.reply(
        StalePage(lines, paging, checked, private=private),
        (*buttons, *turning(paging, "/stale", context.labels)),
        turns=True,
    )


def _row(context: Context, revision: DatedRevision, *, private: bool) -> list[tuple[Button, ...]]:
    """Return the buttons of one record. Writing is done in private, so in the desk's group there is only the first."""
    labels, record = context.labels, revision.record
    name = f"{record.kind}/{record.slug}"
    good = Button(f"{labels.still_true}: {clipped(cards.title(record), _LABEL)}", f"/stale true {revision.ref}")
    if not private:
        return [(good,)]
    return [(good,), (Button(labels.edit, f"/edit {name}"), Button(labels.withdraw, f"/retire {name}"))]
