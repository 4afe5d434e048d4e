"""Pages filled with hostile records: every page of the house, built by the types of its fields.

A page that is new is built too, as long as its fields are of types that stand here; else the test names the type.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, fields, is_dataclass, replace
from datetime import date, datetime
from enum import Enum
from functools import cache
from random import Random
from types import UnionType
from typing import Any, Final, get_args, get_origin, get_type_hints

from jinja2 import nodes
from markupsafe import Markup

from bot.domain.agreement import Agreement, Dates
from bot.domain.base import walk
from bot.domain.dates import When
from bot.domain.event import Event
from bot.domain.gate import World
from bot.domain.party import Party
from bot.domain.record import Dated, Record
from bot.domain.revision import Change, Revision, RevisionRef
from bot.domain.source import Source
from bot.domain.staleness import staleness
from bot.domain.statement import Statement
from bot.domain.status import Standing, status_on
from bot.rendering import engine
from bot.rendering.markup import inline
from bot.rendering.notes import Notes, Numbered, Shown
from bot.rendering.pages.page import Page
from bot.rendering.pages.parts import Age, DateLine, Happened, Listed, Paging, Quoted, StanceLine
from bot.rendering.pages.records import AgreementPage
from tests.storage.opening import NOON, ROOT
from tests.strategies import hostile

DAY: Final = date(2025, 3, 20)
_LENGTHS: Final = (0, 1, 1, 2, 3, 12)
_LONGEST: Final = 5000  # a message's worth and more: what readers type is shown too
_ENVIRONMENT: Final = engine._environment(ROOT / "templates" / "en")
_SHARES: Final = ("https://t.me/ParleyBot?start=q_what-was-agreed", "/start q_what-was-agreed")


@cache
def choices(template: str) -> dict[str, list[str]]:
    """Return what a field can be where its template asks which of a few words it is, by the field's name."""
    syntax = _ENVIRONMENT.parse((ROOT / "templates" / "en" / template).read_text(encoding="utf-8"))
    found: dict[str, set[str]] = defaultdict(set)
    for branch in syntax.find_all(nodes.If):
        for compared in (part.test for part in (branch, *branch.elif_)):
            for name, word in _compared(compared):
                found[name] |= {word, "another"} if branch.else_ else {word}
    tables = {
        item.target.name: {pair.key.value for pair in item.node.items if isinstance(pair.key, nodes.Const)}
        for item in syntax.find_all(nodes.Assign)
        if isinstance(item.target, nodes.Name) and isinstance(item.node, nodes.Dict)
    }
    for looked in syntax.find_all(nodes.Getitem):
        if isinstance(looked.node, nodes.Name) and looked.node.name in tables and isinstance(looked.arg, nodes.Name):
            found[looked.arg.name] = tables[looked.node.name]
    return {name: sorted(words) for name, words in found.items()}


def _compared(test: nodes.Node) -> Iterator[tuple[str, str]]:
    for compare in (test, *test.find_all(nodes.Compare)):
        if isinstance(compare, nodes.Compare) and isinstance(compare.expr, nodes.Name):
            for operand in compare.ops:
                if isinstance(operand.expr, nodes.Const) and isinstance(operand.expr.value, str):
                    yield compare.expr.name, operand.expr.value


def revisions(world: World, model: type[Any]) -> dict[str, Revision[Any]]:
    """Return the world's records of that model as first revisions, by slug."""
    chosen = [record for record in world.values() if isinstance(record, model)]
    return {
        str(record.slug): Revision(RevisionRef(number, 1), NOON, "import", Change.UPDATE, "", record)
        for number, record in enumerate(chosen, 1)
    }


@dataclass
class Filler:
    """Fills pages with the records of one world; the same dice give the same pages."""

    world: World
    dice: Random
    notes: Notes = field(init=False)
    few: dict[str, list[str]] = field(init=False)

    def page(self, model: type[Page]) -> Page:
        """Return a page whose sources are those of what it tells."""
        self.notes = Notes(revisions(self.world, Source), revisions(self.world, Party))
        self.few = choices(model.template)
        filled: Any = self._filled(model, **(self._card() if model is AgreementPage else {}))
        told = get_type_hints(model).get("sources") == Sequence[Numbered]
        page: Page = replace(filled, sources=self.notes.sources) if told else filled
        return page

    def _filled(self, model: type[Any], **known: Any) -> Any:
        """Return one of these with what is known, and all its other fields made by their types."""
        hints = get_type_hints(model)
        names = [item.name for item in fields(model) if item.name not in known]
        return model(**{name: self._value(hints[name], name) for name in names}, **known)

    def _value(self, hint: Any, name: str) -> Any:
        origin, arguments = get_origin(hint), get_args(hint)
        if origin is Sequence:
            return [self._value(arguments[0], name) for _ in range(self.dice.choice(_LENGTHS))]
        if origin is tuple and arguments[-1] is ...:
            return tuple(self._value(arguments[0], name) for _ in range(self.dice.choice(_LENGTHS)))
        if origin is tuple:
            return tuple(self._value(argument, name) for argument in arguments)
        if origin is UnionType:
            return self._value(arguments[0], name) if self.dice.random() < 0.8 else None
        if isinstance(hint, type) and issubclass(hint, Record):
            return self._record(hint)
        maker = self._makers().get(hint)
        if maker is None and isinstance(hint, type) and issubclass(hint, Enum):
            return self.dice.choice([*hint])
        if maker is None and isinstance(hint, type) and is_dataclass(hint):
            return self._filled(hint)
        assert maker, f"to test pages with a field '{name}' of {hint}, say here how to make one"
        return maker(name)

    def _makers(self) -> dict[Any, Callable[[str], Any]]:
        return {
            str: self._words,
            int: lambda _: self.dice.choice((0, 1, 2, 365)),
            bool: lambda _: self.dice.random() < 0.5,
            Markup: lambda name: inline(self._words(name)),
            datetime: lambda _: NOON,
            float: lambda _: self.dice.choice((0.0, 0.5, 24.7)),
            date: lambda _: self.dice.choice((DAY, date(2025, 3, 18), date(2025, 5, 1))),
            Shown: lambda _: self.notes.show(self._statement()),
            When: lambda _: self._record(Source).published,
            Standing: lambda _: status_on(self._record(Agreement), DAY),
            Age: lambda _: self._age(),
            DateLine: lambda _: self._filled(DateLine, name=self.dice.choice([*Dates.model_fields])),
            StanceLine: lambda _: self._stance(),
            Listed: lambda _: self._listed(),
            Happened: lambda _: self._happened(),
            Quoted: lambda _: self._quoted(),
            Paging: lambda _: Paging(self.dice.randint(1, 3), 3, 20),
            Numbered: lambda _: None,
        }

    def _words(self, name: str) -> str:
        if name == "share":
            return self.dice.choice(_SHARES)
        if name == "marks":
            return self.dice.choice(("", "[1]", "[1][2]"))
        if name in self.few:
            return self.dice.choice(self.few[name])
        most = self.dice.choice((3, 9, 9, 9, 1000))
        text = hostile(self.dice.randrange(2**32), " \n", most)[:_LONGEST]
        return self.dice.choice(("", text, text, text))

    def _record(self, model: type[Record]) -> Any:
        return self.dice.choice([record for record in self.world.values() if isinstance(record, model)])

    def _statement(self) -> Statement:
        found = [value for record in self.world.values() for _, value in walk(record) if isinstance(value, Statement)]
        return self.dice.choice(found)

    def _age(self) -> Age:
        record = self._record(Dated)
        process = next(iter(revisions(self.world, object).values())).record
        return Age(record.as_of, staleness(record, process, DAY), record.verified_at)

    def _card(self) -> dict[str, Any]:
        """Return what an agreement's page tells of it that must fit together."""
        agreement = self._record(Agreement)
        monitoring = agreement.monitoring and agreement.monitoring.text
        return {
            "agreement": agreement,
            "day": DAY,
            "standing": status_on(agreement, DAY),
            "monitoring": self.notes.show(monitoring) if monitoring else None,
        }

    def _stance(self) -> StanceLine:
        agreement, party = self._record(Agreement), self._record(Party)
        if not agreement.positions:
            return StanceLine(party.name, None)
        position = self.dice.choice(agreement.positions)
        known = {"party": party.name, "stance": position.stance, "stated": position.stated}
        made: StanceLine = self._filled(StanceLine, **known, marks=self.notes.marks(position.cite))
        return made

    def _listed(self) -> Listed:
        agreement = self._record(Agreement)
        standing = status_on(agreement, self.dice.choice((DAY, date(2025, 1, 1))))
        made: Listed = self._filled(Listed, agreement=agreement, standing=standing)
        return made

    def _happened(self) -> Happened:
        event = self._record(Event)
        made: Happened = self._filled(Happened, event=event, text=self.notes.show_all(event.text))
        return made

    def _quoted(self) -> Quoted:
        statement = self._statement()
        shown = self.notes.show(statement)
        numbers = {str(item.source.slug): item.number for item in self.notes.sources}
        return Quoted(shown, tuple((numbers[cite.source], cite) for cite in statement.cite))
