"""Asking for a field: the message that says what is wanted, and the buttons to enter it and to go on."""

from collections.abc import Sequence
from typing import Final

from bot.commands.context import Context
from bot.commands.writing.options import A_PAGE, name_of, options
from bot.commands.writing.paths import written
from bot.domain.base import Kind, Path
from bot.domain.draft import Draft, field_of, missing, step_before
from bot.domain.forms import STATEMENT, Entry, Field
from bot.domain.plain import Value, at, filled
from bot.domain.roles import Role
from bot.domain.statement import Certainty
from bot.rendering.limits import LABEL_LIMIT, clipped
from bot.rendering.pages.writing import FieldPage
from bot.rendering.reply import Button, Message, Rows

_IN_A_ROW: Final = 3
_MARK: Final = "✓ "
_PARAGRAPHS: Final = "paragraphs"


def ask(context: Context, draft: Draft, path: Path, faults: Sequence[str] = (), shown: int = 0) -> Message:
    """Return what asks for the field at `path`; `shown` is the first of the options to show."""
    field = field_of(draft, path)
    if field is None:  # a place of a form that has changed since
        path = draft.fields[0].path
        field = draft.fields[0]
    value = at(draft.values, path)
    top = _top(draft, path)
    numbers = [step + 1 for step in path if isinstance(step, int)]
    page = FieldPage(
        draft.form,
        draft.title,
        _label(context, field, top, path),
        numbers[0] if numbers else 0,
        _PARAGRAPHS if field.parts is STATEMENT and field.entry is Entry.ITEMS else field.entry.name.lower(),
        _optional(draft, field, top),
        _example(field, path),
        _value(draft, field, path, value),
        _chosen(context, draft, field, path, value),
        faults,
    )
    word = written(path)
    rows = (*_options(context, draft, field, path, shown), *_going_on(context, draft, field, path, word))
    return context.message(page, rows)


def _top(draft: Draft, path: Path) -> Field:
    return next((field for field in draft.fields if path[: len(field.path)] == field.path), draft.fields[0])


def _label(context: Context, field: Field, top: Field, path: Path) -> str:
    """Return what the field is called, behind what it is a part of; a sentence is called after what it belongs to."""
    labels, names = context.labels.fields, [step for step in path if isinstance(step, str)]
    name = labels[top.name.split(".")[-1]]
    own = names[-2] if field is STATEMENT[0] else names[-1]
    return name if field is top or labels[own] == name else f"{name}: {labels[own]}"


def _optional(draft: Draft, field: Field, top: Field) -> bool:
    if not top.required and not filled(draft.values, top.path):
        return True
    # Who claims or assesses something is asked only where somebody does.
    return not field.required and field.entry is not Entry.ITEMS and field not in STATEMENT


def _example(field: Field, path: Path) -> str:
    if field.entry is Entry.ITEMS and isinstance(path[-1], int):
        return field.parts[0].example
    return field.example


def _value(draft: Draft, field: Field, path: Path, value: Value) -> str:
    """Return what stands in the field; beside sources, the sentence that they are for."""
    if field.entry is Entry.CITES:
        found = at(draft.values, (*path[:-1], "text"))
        return found if isinstance(found, str) else ""
    if isinstance(value, list) and field.entry is Entry.LINES:
        return "\n".join(item for item in value if isinstance(item, str))
    return value if isinstance(value, str) else ""


def _chosen(context: Context, draft: Draft, field: Field, path: Path, value: Value) -> Sequence[str]:
    if field.entry is Entry.ITEMS:
        items = at(draft.values, path[: len(path) - isinstance(path[-1], int)])
        return [summary(item) for item in items] if isinstance(items, list) else ()
    if not isinstance(value, list):
        return ()
    if field.entry is Entry.CITES:
        return [_cited(context, item) for item in value]
    if field.entry is Entry.LINKS:
        return [name_of(context.snapshot, field.links, item) for item in value if isinstance(item, str)]
    return ()


def _cited(context: Context, item: Value) -> str:
    source, where, quote = (at(item, (name,)) for name in ("source", "where", "quote"))
    name = name_of(context.snapshot, Kind.SOURCE, str(source))
    return ", ".join(filter(None, (name, where if isinstance(where, str) else "", f"“{quote}”" if quote else "")))


def summary(value: Value) -> str:
    """Return a few words for what stands in a field or is an item of one."""
    if isinstance(value, list):
        shown = ", ".join(filter(None, map(summary, value)))
        return f"{shown} ({len(value)})" if any(isinstance(item, dict) for item in value) else shown
    if isinstance(value, dict):
        names = ("text", "party", "stance", "title", "caption", "status", "on", "words", "agreed")
        return " ".join(filter(None, (summary(value.get(name)) for name in names)))
    return value or ""


def _options(context: Context, draft: Draft, field: Field, path: Path, shown: int) -> Rows:
    """Return the buttons that enter the field."""
    word, labels = written(path), context.labels
    head = f"/draft {draft.id}"
    if field.entry in {Entry.DAY, Entry.WHEN}:
        return ((Button(labels.today, f"{head} set {word} {context.today}"),),)
    if field.entry is Entry.ITEMS:
        return _items(context, draft, path)
    offered = options(context.snapshot, draft, field)
    picked = _picked(field, at(draft.values, path))
    verb = "has" if field.entry in {Entry.LINKS, Entry.CITES} else "set"
    buttons = [
        Button(clipped(f"{_MARK if slug in picked else ''}{name}", LABEL_LIMIT), f"{head} {verb} {word} {slug}")
        for slug, name in offered
    ]
    if field.entry is Entry.CHOICE:
        return tuple(tuple(buttons[start : start + _IN_A_ROW]) for start in range(0, len(buttons), _IN_A_ROW))
    rows: list[tuple[Button, ...]] = [(button,) for button in buttons[shown : shown + A_PAGE]]
    turn = [Button(labels.earlier, f"{head} more {word} {max(0, shown - A_PAGE)}")] if shown else []
    if len(buttons) > shown + A_PAGE:
        turn.append(Button(labels.later, f"{head} more {word} {shown + A_PAGE}"))
    rows += [tuple(turn)] if turn else []
    return (*rows, *(_certainties(draft, path) if field is STATEMENT[1] and _in_statement(draft, path) else ()))


def _in_statement(draft: Draft, path: Path) -> bool:
    """Say whether these sources are a sentence's, whose certainty is asked for beside them."""
    return field_of(draft, (*path[:-1], "certainty")) is not None


def _certainties(draft: Draft, path: Path) -> Rows:
    place = (*path[:-1], "certainty")
    now = at(draft.values, place) or Certainty.REPORTED.value
    head = f"/draft {draft.id} set {written(place)}"
    buttons = [
        Button(f"{_MARK if certainty == now else ''}{certainty.value}", f"{head} {certainty.value}")
        for certainty in Certainty
    ]
    return tuple(tuple(buttons[start : start + _IN_A_ROW]) for start in range(0, len(buttons), _IN_A_ROW))


def _items(context: Context, draft: Draft, path: Path) -> Rows:
    """Return a row for each item of a list: to change it, to take it out; and one to add the next."""
    labels, head = context.labels, f"/draft {draft.id}"
    above = path[:-1] if isinstance(path[-1], int) else path
    items = at(draft.values, above)
    count = len(items) if isinstance(items, list) else 0
    field = field_of(draft, above)
    first = field.parts[0] if field else None
    rows: list[tuple[Button, ...]] = []
    for place in range(count):
        word = written((*above, place))
        inside = written((*above, place, *(first.path if first else ())))
        change = Button(f"{labels.change} {place + 1}", f"{head} to {inside}")
        rows.append((change, Button(f"{labels.take_out} {place + 1}", f"{head} drop {word}")))
    if first and first.entry is not Entry.TEXT:
        inside = written((*above, count, *first.path))
        rows.append((Button(labels.add, f"{head} to {inside}"),))
    return tuple(rows)


def _picked(field: Field, value: Value) -> set[str]:
    if field.entry is Entry.CITES and isinstance(value, list):
        return {str(at(item, ("source",))) for item in value}
    if isinstance(value, list):
        return {item for item in value if isinstance(item, str)}
    return {value} if isinstance(value, str) else set()


def _going_on(context: Context, draft: Draft, field: Field, path: Path, word: str) -> Rows:
    labels, head = context.labels, f"/draft {draft.id}"
    top = _top(draft, path)
    empty = not filled(draft.values, path[:-1] if field.entry is Entry.ITEMS and isinstance(path[-1], int) else path)
    row = [Button(labels.back, f"{head} back {word}")] if step_before(draft, path) else []
    if field.entry is Entry.CITES and isinstance(path[-2], int) and _in_statement(draft, path):
        row.append(Button(labels.another, f"{head} add {word}"))
    if not empty or field.entry in {Entry.CITES, Entry.LINKS}:
        row.append(Button(labels.next, f"{head} next {word}"))
    elif _optional(draft, field, top):
        row.append(Button(labels.skip, f"{head} next {word}"))
    rows = [tuple(row)] if row else []
    clears = field.entry not in {Entry.CITES, Entry.LINKS, Entry.ITEMS}
    if clears and not field.required and not empty:
        rows.append((Button(labels.clear, f"{head} drop {word}"),))
    keep = [Button(labels.all_fields, f"{head} card"), Button(labels.save, f"{head} save")]
    rows.append((*keep, Button(labels.cancel, f"{head} cancel")))
    role = context.role
    if role and role.covers(Role.EDITOR) and not missing(draft):
        rows.append((Button(labels.to_publish, f"/publish {draft.id}"),))
    return tuple(rows)
