"""Taking what was typed into a field: words become the values that a content file would hold."""

import re
from dataclasses import replace
from typing import Final

from bot.commands.context import Context
from bot.commands.days import read_day
from bot.commands.writing.options import named
from bot.domain.base import Kind, Path
from bot.domain.draft import Draft, names_it, slug_of
from bot.domain.forms import STATEMENT, Entry, Field
from bot.domain.plain import Value, at, put
from bot.importing.footnotes import read_footnote
from bot.importing.markdown import read_paragraphs
from bot.importing.text import clean
from bot.services.gatekeeping import key_of

_BULLET: Final = re.compile(r"^\s*[-*•]\s+")
_MARKS: Final = re.compile(r"\[\^(\d{1,3})\]")
_SUFFIXES: Final = 100


def taken(context: Context, draft: Draft, path: Path, field: Field, text: str) -> tuple[Draft, Path, tuple[str, ...]]:
    """Return the draft with the text in the field at `path`, where that is now, and what is wrong with the text."""
    text = clean(text).strip()
    if field.entry is Entry.ITEMS:
        place = path[-1] if isinstance(path[-1], int) else 0
        above = path if not isinstance(path[-1], int) else path[:-1]
        field, path = field.parts[0], (*above, place, *field.parts[0].path)
    if field is STATEMENT[0]:
        return _sentences(draft, path, text)
    if field.entry is Entry.CITES:
        return _cited(context, draft, path, field, text)
    changed = with_value(context, draft, path, _value(context, draft, field, text))
    return changed, path, ()


def with_value(context: Context, draft: Draft, path: Path, value: Value) -> Draft:
    """Return the draft with the value at `path`; what is named for the first time gets a slug."""
    values = put(draft.values, path, value)
    if draft.base is None and names_it(path) and not draft.slug and draft.kind and isinstance(value, str):
        values = put(values, ("slug",), _free_slug(context, draft.kind, value))
    return replace(draft, values=values)


def _value(context: Context, draft: Draft, field: Field, text: str) -> Value:
    if field.entry is Entry.LINES:
        return [line for row in text.split("\n") if (line := _BULLET.sub("", row).strip())]
    if field.entry in {Entry.DAY, Entry.WHEN}:
        day = read_day(text, context.today)
        return day.isoformat() if day else text
    if field.entry is Entry.LINKS:
        return [named(context.snapshot, draft, field, part) for part in text.split(",") if part.strip()]
    if field.entry is Entry.LINK:
        return named(context.snapshot, draft, field, text)
    if field.entry is Entry.CHOICE:
        return text.lower() if text.lower() in field.choices else text
    line = " ".join(text.split())
    return line.removeprefix("/") if field.name == "command" else text if field.entry is Entry.TEXT else line


def _sentences(draft: Draft, path: Path, text: str) -> tuple[Draft, Path, tuple[str, ...]]:
    """Take one paragraph, or several with their footnotes, as a content file has them."""
    above = path[:-1]
    if _keeps_marks(text, at(draft.values, above)):
        return replace(draft, values=put(draft.values, path, " ".join(text.split()))), path, ()
    found, faults = read_paragraphs(text)
    in_list = bool(above) and isinstance(above[-1], int)
    values, said = draft.values, tuple(f"{fault.problem}: {fault.remedy}" for fault in faults)
    if not in_list and len(found) > 1:
        said += ("only the first paragraph was kept: there is room for one here",)
    for number, statement in enumerate(found if in_list else found[:1]):
        place: Path = (*above[:-1], int(above[-1]) + number) if in_list else above
        old = at(values, place) if not number else None
        values = put(values, place, _merged(old, statement))
    return replace(draft, values=values), path, said


def _keeps_marks(text: str, old: Value) -> bool:
    """Say whether the text is a sentence's new words, with marks for the sources that it has already."""
    cites = at(old, ("cite",))
    marks = _MARKS.findall(text)
    count = len(cites) if isinstance(cites, list) else 0
    return bool(marks) and "]:" not in text and all(1 <= int(mark) <= count for mark in marks)


def _merged(old: Value, new: Value) -> Value:
    """Return the sentence as it was typed, with the sources that it had where it names none."""
    before = old if isinstance(old, dict) else {}
    after = new if isinstance(new, dict) else {}
    if after.get("cite"):
        return before | after
    return before | {key: value for key, value in after.items() if key != "cite"}


def _cited(context: Context, draft: Draft, path: Path, field: Field, text: str) -> tuple[Draft, Path, tuple[str, ...]]:
    """Take `source | where | "quote"`; without a source, where and quote belong to the last one that was chosen."""
    old = at(draft.values, path)
    cites = list(old) if isinstance(old, list) else []
    faults: list[str] = []
    for row in filter(str.strip, text.split("\n")):
        first = row.partition("|")[0]
        slug = named(context.snapshot, draft, field, first)
        is_source = slug in context.snapshot.sources
        rest = row.partition("|")[2] if is_source else row
        note = read_footnote(f"[^x]: {slug if is_source else 'x'} | {rest.strip()}", 1)
        if note.wrong:
            faults.append(": ".join(note.wrong))
        elif is_source:
            cites.append({**note.cite})
        elif cites and isinstance(cites[-1], dict):
            cites[-1] = {**note.cite, "source": cites[-1].get("source")}
        else:
            faults.append(f"no {Kind.SOURCE} '{first.strip()[:60]}': choose one first")
    return replace(draft, values=put(draft.values, path, list(cites))), path, tuple(faults)


def _free_slug(context: Context, kind: Kind, title: str) -> str:
    wanted = slug_of(title)
    taken_slugs = {str(rev.record.slug) for rev in context.snapshot.published if key_of(rev.record)[0] is kind}
    options = (wanted, *(f"{wanted[:37].rstrip('-')}-{number}" for number in range(2, _SUFFIXES)))
    return next((slug for slug in options if slug not in taken_slugs), wanted)
