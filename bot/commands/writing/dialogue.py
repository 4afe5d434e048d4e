"""The dialogue: what is typed and pressed while somebody writes a draft, each thing kept before the next is asked."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final

from bot.commands.confirming import asking
from bot.commands.context import NOTHING, Context
from bot.commands.writing import taking
from bot.commands.writing.access import draft_of
from bot.commands.writing.asking import ask
from bot.commands.writing.card import card, others_of, told
from bot.commands.writing.comparing import drafts_compared
from bot.commands.writing.options import options
from bot.commands.writing.paths import NOTE, read
from bot.commands.writing.publishing import publish_draft
from bot.domain.base import Path
from bot.domain.draft import Draft, field_of, next_step, step_before
from bot.domain.forms import Entry, Field
from bot.domain.plain import Value, at, dropped, filled, put
from bot.rendering.pages.desk import DeskPage
from bot.rendering.reply import Message, Reply
from bot.services.examine import faults_in_field
from bot.storage.confirmations import Pending


@dataclass(frozen=True, slots=True)
class Press:
    """A button of a draft: the field it is about, and the word that it carries."""

    draft: Draft
    path: Path
    field: Field | None
    word: str
    walking: bool


async def typed(context: Context) -> Reply:
    """Take plain words into the field that was asked for; nothing where nobody is writing."""
    reader, drafts = context.request.reader.id, context.parts.drafts
    found = await drafts.dialogue(reader)
    if found is None or await draft_of(context, str(found[0].id)) is None:
        return NOTHING
    draft, asked = found
    if asked.heard is not None and asked.heard == context.request.message:
        # It is kept already: whoever answered it was stopped before that was noted, so only the question is repeated.
        return Reply((await _next(context, draft, asked.place),))
    words = context.arguments.strip()
    if asked.place == NOTE and words:
        return await _noted(context, draft)
    field = field_of(draft, asked.place)
    if field is None:
        return Reply((await card(context, draft),))
    if not words:  # a picture, say: it empties no field
        return Reply((ask(context, draft, asked.place),))
    changed, path, said = taking.taken(context, draft, asked.place, field, context.arguments)
    wrong = (*said, *(told(context, fault) for fault in faults_in_field(changed, path)))
    stays = bool(wrong) or field.entry is Entry.CITES  # where more may be chosen
    after = path if stays else _after(changed, path, walking=asked.walking)
    heard = context.request.message
    kept = await drafts.change(changed, context.request.now, reader, after, walking=asked.walking, heard=heard)
    if kept is None:
        return await _overtaken(context, draft)
    return Reply((await _next(context, kept, after, wrong),))


async def pressed(context: Context) -> Reply:
    """Do what a button of a draft says: `NUMBER VERB PATH WORD`."""
    number, verb, place, word = [*context.arguments.split(maxsplit=3), "", "", "", ""][:4]
    draft = await draft_of(context, number)
    if draft is None:
        return context.reply(DeskPage("no draft"))
    found = await context.parts.drafts.dialogue(context.request.reader.id)
    walking = found is not None and found[0].id == draft.id and found[1].walking
    path = read(place)
    field, action = field_of(draft, path) if path else None, _VERBS.get(verb)
    if action is None or (field is None and verb not in _OF_THE_WHOLE):  # a button of a form that has changed since
        return context.turned(await card(context, draft))
    return await action(context, Press(draft, path, field, word, walking))


async def cancel(context: Context) -> Reply:
    """End the dialogue; what was written stays as a draft."""
    found = await context.parts.drafts.dialogue(context.request.reader.id)
    if found is None:
        return context.reply(DeskPage("nothing to cancel"))
    await context.parts.drafts.leave(context.request.reader.id)
    return Reply((await card(context, found[0], "cancelled"),))


async def _noted(context: Context, draft: Draft) -> Reply:
    """Keep what readers are told of a correction, and go on to publishing."""
    note = " ".join(context.arguments.split())[:_NOTE_LIMIT]
    changed = replace(draft, plan=replace(draft.plan, note=note))
    reader = context.request.reader.id
    kept = await context.parts.drafts.change(changed, context.request.now, reader, None, walking=False)
    return await publish_draft(context, kept) if kept else await _overtaken(context, draft)


def _after(draft: Draft, path: Path, *, walking: bool, past: Path = ()) -> Path | None:
    """Return what to ask next, None for the card: whoever came from the card gets back to it after that field."""
    step = next_step(draft, path, after=past)
    if walking or step is None:
        return step
    top = next(field.path for field in draft.fields if path[: len(field.path)] == field.path)
    return step if step[: len(top)] == top and not past else None


async def _next(context: Context, draft: Draft, path: Path | None, faults: tuple[str, ...] = ()) -> Message:
    return await card(context, draft) if path is None else ask(context, draft, path, faults)


async def _go(context: Context, press: Press, path: Path | None, *, walking: bool) -> Reply:
    """Ask for the field, or show the card."""
    await context.parts.drafts.ask(press.draft, context.request.reader.id, path, walking=walking)
    return context.turned(await _next(context, press.draft, path))


async def _kept(context: Context, press: Press, changed: Draft, path: Path | None) -> Reply:
    """Keep the changed draft and ask for the field, or show the card."""
    reader = context.request.reader.id
    kept = await context.parts.drafts.change(changed, context.request.now, reader, path, walking=press.walking)
    return context.turned(await _next(context, kept, path)) if kept else await _overtaken(context, press.draft)


async def _overtaken(context: Context, draft: Draft) -> Reply:
    """Say that somebody else has just changed the draft, and show it as it is now."""
    newest = await draft_of(context, str(draft.id))
    said = context.message(DeskPage("draft overtaken"))
    return Reply((said, await card(context, newest))) if newest else Reply((said,))


async def _at(context: Context, press: Press) -> Reply:
    """Ask for one field, from the card; of a list that holds something, what it holds."""
    path, field = press.path, press.field
    if field and field.entry is Entry.ITEMS and not isinstance(path[-1], int):
        items = at(press.draft.values, path)
        path = (*path, len(items) if isinstance(items, list) else 0)
    while field and field.entry is Entry.GROUP:
        field, path = field.parts[0], (*path, *field.parts[0].path)
    return await _go(context, press, path, walking=False)


async def _to(context: Context, press: Press) -> Reply:
    """Ask for one field, on the way."""
    return await _go(context, press, press.path, walking=press.walking)


async def _set(context: Context, press: Press) -> Reply:
    """Set a field to what its button says; the certainty of a sentence is set beside its sources."""
    draft, path, field, word = press.draft, press.path, press.field, press.word
    if field is None or not word or not _may_be(context, draft, field, word):
        return context.turned(await card(context, draft))
    changed = taking.with_value(context, draft, path, word)
    if field.name == "certainty":
        return await _kept(context, press, changed, (*path[:-1], "cite"))
    return await _kept(context, press, changed, _after(changed, path, walking=press.walking))


def _may_be(context: Context, draft: Draft, field: Field, word: str) -> bool:
    if field.entry in {Entry.DAY, Entry.WHEN}:
        return True
    return word in {slug for slug, _ in options(context.snapshot, draft, field)}


async def _has(context: Context, press: Press) -> Reply:
    """Choose one of several, or choose it no more."""
    draft, path, field, word = press.draft, press.path, press.field, press.word
    if field is None or not _may_be(context, draft, field, word):
        return context.turned(await card(context, draft))
    old = at(draft.values, path)
    items: list[Value] = list(old) if isinstance(old, list) else []
    cites = field.entry is Entry.CITES
    kept = [item for item in items if (at(item, ("source",)) if cites else item) != word]
    new: Value = {"source": word} if cites else word
    values = put(draft.values, path, [*items, new] if len(kept) == len(items) else kept)
    return await _kept(context, press, replace(draft, values=values), path)


async def _drop(context: Context, press: Press) -> Reply:
    """Empty a field, or take an item out of its list."""
    changed = replace(press.draft, values=dropped(press.draft.values, press.path))
    if isinstance(press.path[-1], int):
        items = at(changed.values, press.path[:-1])
        return await _kept(context, press, changed, (*press.path[:-1], len(items) if isinstance(items, list) else 0))
    return await _kept(context, press, changed, press.path)


async def _next_field(context: Context, press: Press) -> Reply:
    """Go on: past the whole of a list whose last item is done, or of something that may be left out."""
    draft, path = press.draft, press.path
    top = next(field.path for field in draft.fields if path[: len(field.path)] == field.path)
    step = next_step(draft, path)
    if step is not None and step[: len(top)] == top and not isinstance(step[-1], int) and filled(draft.values, top):
        return await _go(context, press, step, walking=press.walking)  # the list or group has more to ask
    return await _go(context, press, _after(draft, path, walking=press.walking, past=top), walking=press.walking)


async def _add(context: Context, press: Press) -> Reply:
    """Ask for the next item of the list that the field stands in."""
    places = [place for place, step in enumerate(press.path) if isinstance(step, int)]
    if not places:
        return context.turned(await card(context, press.draft))
    above = press.path[: places[-1]]
    items = at(press.draft.values, above)
    return await _go(context, press, (*above, len(items) if isinstance(items, list) else 0), walking=press.walking)


async def _back(context: Context, press: Press) -> Reply:
    return await _go(context, press, step_before(press.draft, press.path), walking=press.walking)


async def _more(context: Context, press: Press) -> Reply:
    shown = int(press.word) if press.word.isascii() and press.word.isdigit() and len(press.word) < 5 else 0  # noqa: PLR2004 - a place in a list
    return context.turned(ask(context, press.draft, press.path, shown=shown))


async def _card(context: Context, press: Press) -> Reply:
    return await _go(context, press, None, walking=False)


async def _save(context: Context, press: Press) -> Reply:
    await context.parts.drafts.leave(context.request.reader.id)
    return context.turned(await card(context, press.draft, "saved"))


async def _cancel(context: Context, press: Press) -> Reply:
    await context.parts.drafts.leave(context.request.reader.id)
    return context.turned(await card(context, press.draft, "cancelled"))


async def _compare(context: Context, press: Press) -> Reply:
    """Show what somebody else's draft of the same record changes, beside one's own."""
    return Reply(
        tuple([drafts_compared(context, press.draft, other) for other in await others_of(context, press.draft)])
    )


async def _discard(context: Context, press: Press) -> Reply:
    question = DeskPage("discard", title=press.draft.title)
    return Reply((await asking(context, question, Pending("discard", str(press.draft.id))),))


_NOTE_LIMIT: Final = 500
_OF_THE_WHOLE: Final = frozenset({"card", "save", "cancel", "compare", "discard"})  # the other verbs need a field
_VERBS: Final[Mapping[str, Callable[[Context, Press], Awaitable[Reply]]]] = MappingProxyType(
    {
        "at": _at,
        "to": _to,
        "set": _set,
        "has": _has,
        "drop": _drop,
        "next": _next_field,
        "add": _add,
        "back": _back,
        "more": _more,
        "card": _card,
        "save": _save,
        "cancel": _cancel,
        "compare": _compare,
        "discard": _discard,
    }
)
