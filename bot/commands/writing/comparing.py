"""Two states of a record side by side, in words."""

from collections.abc import Sequence
from typing import Final

from bot.commands.context import Context
from bot.commands.writing.access import who
from bot.domain.base import Path
from bot.domain.difference import Difference, between, differences
from bot.domain.draft import Draft, completed
from bot.domain.plain import of_json
from bot.domain.record import Record
from bot.domain.revision import RevisionRef
from bot.rendering.pages.writing import ComparePage, DifferenceLine
from bot.rendering.reply import Message

_SHOWN: Final = 12  # more would not be read


def lines_between(context: Context, base: str, new: Record) -> Sequence[DifferenceLine]:
    """Return what the record changes of what is published in its place; all of it where nothing is."""
    ref = RevisionRef.parse(base)
    published = context.snapshot.by_id(ref.record) if ref else None
    return in_words(context, between(published.record if published else None, new))


def drafts_compared(context: Context, mine: Draft, theirs: Draft) -> Message:
    """Return what two drafts of one published record change."""
    published = context.snapshot.by_id(mine.base.record) if mine.base else None
    old = of_json(published.record.model_dump(mode="json", exclude_defaults=True)) if published else None
    changes = [in_words(context, differences(old, completed(draft))) for draft in (mine, theirs)]
    return context.message(ComparePage("draft", theirs.title, who(context, theirs.author), *changes))


def in_words(context: Context, found: Sequence[Difference]) -> Sequence[DifferenceLine]:
    """Return the differences with their places as the form calls them."""
    lines = [DifferenceLine(_where(context, item.path), item.old, item.new) for item in found]
    return lines[:_SHOWN]


def _where(context: Context, path: Path) -> str:
    labels = context.labels.fields
    steps = (str(step + 1) if isinstance(step, int) else labels.get(step, step) for step in path)
    return " ".join(steps)
