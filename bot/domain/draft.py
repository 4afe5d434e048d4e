"""A draft: what somebody is writing, as they typed it, and how it is to be published."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.domain import plain
from bot.domain.base import Kind, Path
from bot.domain.forms import BULLETIN, FORMS, STATEMENT, Entry, Field, field_at
from bot.domain.plain import Value, Values, at, filled
from bot.domain.revision import Change, RevisionRef
from bot.domain.statement import Certainty

_SLUG_LENGTH: Final = 40
_TITLES: Final = ("question", "title", "name")  # the field that names a record, by kind


@dataclass(frozen=True, slots=True)
class Plan:
    """How a draft is to be published: the kind of change, since which revision it was wrong, what to tell and why."""

    change: Change | None = None
    since: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """Something being written. `base` is the revision that it began from, None for what is new."""

    id: int
    form: str
    process: str
    author: int
    made: datetime
    changed: datetime
    version: int
    base: RevisionRef | None
    values: Values
    plan: Plan = Plan()

    @property
    def kind(self) -> Kind | None:
        """Return the kind of record it is to be, None for a bulletin."""
        return None if self.form == BULLETIN else Kind(self.form)

    @property
    def fields(self) -> tuple[Field, ...]:
        """Return its form; what is published keeps its slug."""
        form = FORMS[self.form]
        return form if self.base is None else tuple(field for field in form if field.name != "slug")

    @property
    def title(self) -> str:
        """Return what to call it, "" while it has no name."""
        named = (at(self.values, (name,)) for name in (*_TITLES, "text"))
        return next((name for name in named if isinstance(name, str) and name), "")

    @property
    def slug(self) -> str:
        """Return its slug, "" while it has none."""
        found = at(self.values, ("slug",))
        return found if isinstance(found, str) else ""


def names_it(path: Path) -> bool:
    """Return whether the field at `path` is the one that names the record."""
    return len(path) == 1 and path[0] in _TITLES


def slug_of(title: str) -> str:
    """Return the title as a slug: its words in plain small letters, as many as fit; "" where none can be written so."""
    plain_letters = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    words = re.findall(r"[a-z0-9]+", plain_letters)
    while words and len("-".join(words)) > _SLUG_LENGTH:
        words.pop()
    return "-".join(words) or "".join(re.findall(r"[a-z0-9]+", plain_letters))[:_SLUG_LENGTH]


def steps(form: tuple[Field, ...], values: Values, above: Path = ()) -> tuple[Path, ...]:
    """Return the path of everything that the form asks for, in order, by what has been written so far.

    Behind the items of a list comes the place of the next one.
    """
    found: list[Path] = []
    for field in form:
        path = (*above, *field.path)
        if field.entry is Entry.ITEMS:
            items = at(values, path)
            count = len(items) if isinstance(items, list) else 0
            for place in range(count):
                found += steps(field.parts, values, (*path, place))
            found.append((*path, count))
        elif field.entry is Entry.GROUP:
            found += steps(field.parts, values, path)
        elif form is not STATEMENT or _is_asked(field, at(values, above)):
            found.append(path)
    return tuple(found)


def next_step(draft: Draft, path: Path, *, after: Path = ()) -> Path | None:
    """Return the first step behind `path` that nothing has been written at, None behind the last.

    With `after`, the first that is not inside that part either.
    """
    everything = steps(draft.fields, draft.values)
    behind = everything[everything.index(path) + 1 :] if path in everything else everything
    open_steps = (step for step in behind if not filled(draft.values, step))
    return next((step for step in open_steps if not after or step[: len(after)] != after), None)


def step_before(draft: Draft, path: Path) -> Path | None:
    """Return the step before `path`, None at the first."""
    everything = steps(draft.fields, draft.values)
    place = everything.index(path) if path in everything else 0
    return everything[place - 1] if place else None


def missing(draft: Draft) -> tuple[Path, ...]:
    """Return the required fields that nothing is written in."""
    return tuple(field.path for field in draft.fields if field.required and not filled(draft.values, field.path))


def completed(draft: Draft) -> Values:
    """Return the draft's values with what follows from them: keys of parts, and a position's own citation."""
    values = draft.values
    positions, provisions = at(values, ("positions",)), at(values, ("provisions",))
    for place, position in enumerate(positions if isinstance(positions, list) else ()):
        here: Path = ("positions", place)
        if not filled(position, ("cite",)) and filled(position, ("text", "cite")):
            values = plain.put(values, (*here, "cite"), at(position, ("text", "cite")))
        if not filled(position, ("key",)):
            words = f"{at(position, ('party',))} {at(position, ('stance',))}"
            values = plain.put(values, (*here, "key"), _free_key(values, "positions", words))
    for place, provision in enumerate(provisions if isinstance(provisions, list) else ()):
        if not filled(provision, ("key",)):
            key = _free_key(values, "provisions", str(at(provision, ("title",))))
            values = plain.put(values, ("provisions", place, "key"), key)
    return values


def reopened(values: Values) -> Values:
    """Return a published record's values without what follows from others, so that it follows once more."""
    positions = at(values, ("positions",))
    for place, position in enumerate(positions if isinstance(positions, list) else ()):
        if at(position, ("cite",)) == at(position, ("text", "cite")):
            values = plain.dropped(values, ("positions", place, "cite"))
    return values


def _free_key(values: Values, name: str, words: str) -> str:
    items = at(values, (name,))
    taken = {at(item, ("key",)) for item in items} if isinstance(items, list) else set()
    wanted = slug_of(words)[: _SLUG_LENGTH - 3] or "x"
    keys = (wanted, *(f"{wanted}-{number}" for number in range(2, plain.MOST_ITEMS + 2)))
    return next(key for key in keys if key not in taken)


def _is_asked(field: Field, statement: Value) -> bool:
    """Say whether a statement's field is a step of its own: how certain it is stands beside its sources.

    Who claims it, or whose assessment it is, is asked where it is one.
    """
    certainty = at(statement, ("certainty",))
    if field.name == "party":
        return certainty == Certainty.CLAIMED
    if field.name == "by":
        return certainty == Certainty.ASSESSMENT
    return field.name != "certainty"


def field_of(draft: Draft, path: Path) -> Field | None:
    """Return the field at `path` of the draft's form, None where there is none."""
    return field_at(draft.fields, path)
