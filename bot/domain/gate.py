"""The gate: what must hold before anything is published. `parley check`, import and the desk all use this one.

A fault is what is wrong with a record: no source, nobody named for a claim, a link to nothing. Nobody may publish over
one. A warning is what may mislead readers though each record is sound (bot/domain/findability.py): it keeps everybody
from publishing but an owner, and what an owner publishes over stands in the note.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from rapidfuzz.process import extractOne

from bot.domain.agreement import Agreement
from bot.domain.base import Kind, Link, Path, walk
from bot.domain.event import Event, EventType
from bot.domain.party import Party
from bot.domain.process import Process
from bot.domain.question import Question
from bot.domain.record import Record
from bot.domain.reserved import RESERVED_COMMANDS
from bot.domain.source import Source, SourceType
from bot.domain.statement import Certainty, Statement

Key = tuple[Kind, str]
World = Mapping[Key, Record]
_INDEPENDENT = 2  # sources of different publishers that it takes to confirm, without a primary text


# What an answer says of a disputed point where the desk has looked for the other side and found nothing.
NO_STATEMENT: Final = "no statement found"


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a record, where in it, and what to do. Nobody may publish over it."""

    kind: Kind
    slug: str
    path: Path
    problem: str
    remedy: str


@dataclass(frozen=True, slots=True)
class GateWarning:
    """What may mislead readers, at which record, and what to do. An owner may publish over it, and the note says so."""

    kind: Kind
    slug: str
    path: Path
    problem: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the gate says of a change."""

    faults: tuple[Fault, ...] = ()
    warnings: tuple[GateWarning, ...] = ()

    def lets_pass(self, *, over_warnings: bool) -> bool:
        """Return whether it may be published; `over_warnings` where an owner wants to, knowing them."""
        return not self.faults and (over_warnings or not self.warnings)


def note_over(note: str, warnings: Sequence[GateWarning]) -> str:
    """Return the note of a change that is published over warnings: it says so, and which."""
    if not warnings:
        return note
    named = "; ".join(f"{warning.kind} {warning.slug}: {warning.problem}" for warning in warnings)
    return f"{note} (published over {len(warnings)} of the gate's warnings: {named})".strip()


def new_faults(before: World, after: World) -> tuple[Fault, ...]:
    """Return the faults of `after` that `before` does not have: what is wrong already is not the change's doing."""
    found = faults(after)
    known = set(faults(before)) if found else set()
    return tuple(fault for fault in found if fault not in known)


def faults(world: World) -> tuple[Fault, ...]:
    """Return every fault of the records in `world`, which holds all that would be published, new and old."""
    found = [fault for record in world.values() for fault in _of_record(record, world)]
    return tuple(found) + tuple(_shared_commands(world)) + tuple(_defaults(world)) + tuple(_shared_names(world))


def _of_record(record: Record, world: World) -> Iterator[Fault]:
    yield from _unknown_links(record, world)
    for path, value in walk(record):
        if isinstance(value, Statement):
            yield from _of_statement(record, path, value, world)
    yield from _one_sided(record)
    if isinstance(record, Source):
        yield from _uncredited_pictures(record)
    if isinstance(record, Agreement):
        yield from _of_agreement(record)
    if isinstance(record, Event) and record.type is EventType.VIOLATION and not record.alleged_by:
        yield _fault(
            record, ("type",), "an allegation without the party that alleges it", "add 'alleged_by: party-slug'"
        )
    if isinstance(record, Question) and record.command in RESERVED_COMMANDS:
        yield _fault(
            record, ("command",), f"/{record.command} is one of Parley's own commands", "choose another command"
        )


def _fault(record: Record, path: Path, problem: str, remedy: str) -> Fault:
    return Fault(record.kind, record.slug, path, problem, remedy)


def _unknown_links(record: Record, world: World) -> Iterator[Fault]:
    for path, link in record.references():
        if (link.kind, str(link)) in world:
            continue
        known = [slug for kind, slug in world if kind is link.kind]
        yield _fault(record, path, f"unknown {link.kind} '{link}'", _nearest(link, known))


def _nearest(link: Link, known: list[str]) -> str:
    match = extractOne(str(link), known, score_cutoff=60)
    return f"did you mean '{match[0]}'?" if match else f"add it, or name a {link.kind} that exists"


def _of_statement(record: Record, path: Path, statement: Statement, world: World) -> Iterator[Fault]:
    if not statement.cite:
        yield _fault(record, path, "paragraph without citation", "cite the source that says so")
    if statement.certainty is Certainty.CLAIMED and not statement.party:
        yield _fault(record, path, "a claim without the party that claims it", "write {claimed: party-slug}")
    if statement.certainty is Certainty.ASSESSMENT and not statement.by:
        yield _fault(record, path, "an assessment without its author", "write {assessment: Name of the author}")
    if statement.certainty is Certainty.CONFIRMED and not _confirmed(statement, world):
        yield _fault(
            record,
            path,
            "confirmed by one source that is no primary text",
            "cite a primary text or a second, independent source, or drop 'confirmed'",
        )


def _confirmed(statement: Statement, world: World) -> bool:
    sources = [world.get((Kind.SOURCE, citation.source)) for citation in statement.cite]
    known = [source for source in sources if isinstance(source, Source)]
    if any(source.type is SourceType.PRIMARY for source in known):
        return True
    return len({source.publisher.casefold() for source in known}) >= _INDEPENDENT


def _one_sided(record: Record) -> Iterator[Fault]:
    """Yield a fault for each disputed statement of a record that tells neither the other side nor that it is silent."""
    told = [(path, value) for path, value in walk(record) if isinstance(value, Statement)]
    if any(NO_STATEMENT in statement.text.casefold() for _, statement in told):
        return
    claimants = {statement.party for _, statement in told if statement.certainty is Certainty.CLAIMED}
    if isinstance(record, Agreement):
        claimants |= {position.party for position in record.positions}
    if isinstance(record, Event):
        claimants |= {record.denied_by}
    for path, statement in told:
        if statement.certainty is Certainty.DISPUTED and not claimants - {statement.party, None}:
            yield _fault(
                record,
                path,
                "a disputed point without the other side",
                f"add what the other side says as {{claimed: party-slug}}, or that there was '{NO_STATEMENT}'",
            )


def _uncredited_pictures(source: Source) -> Iterator[Fault]:
    for index, picture in enumerate(source.pictures):
        if not picture.credit:
            yield _fault(source, ("pictures", index), "picture without credit", "add 'credit:' as the source gives it")


def _of_agreement(agreement: Agreement) -> Iterator[Fault]:
    keys = [position.key for position in agreement.positions]
    provisions = {provision.key for provision in agreement.provisions}
    for index, position in enumerate(agreement.positions):
        if position.key in keys[:index]:
            yield _fault(
                agreement, ("positions", index, "key"), f"position key '{position.key}' taken twice", "choose another"
            )
        if position.provision and position.provision not in provisions:
            yield _fault(
                agreement,
                ("positions", index, "provision"),
                f"unknown provision '{position.provision}'",
                "name the key of one of the agreement's provisions",
            )
    dates = agreement.dates
    ends = [key for key in (dates.declared_end, dates.extended_to, dates.ended) if key]
    for end in ends:
        if dates.effective and dates.effective.on.first and end.on.last and end.on.last < dates.effective.on.first:
            yield _fault(agreement, ("dates",), "ends before it takes effect", "check the dates against the source")


def _shared_commands(world: World) -> Iterator[Fault]:
    owners: dict[str, str] = {}
    for record in world.values():
        if isinstance(record, Question) and record.command:
            first = owners.setdefault(record.command, record.slug)
            if first != record.slug:
                yield _fault(
                    record, ("command",), f"/{record.command} belongs to question '{first}' already", "choose another"
                )


def _defaults(world: World) -> Iterator[Fault]:
    chosen = [record for record in world.values() if isinstance(record, Process) and record.default]
    for process in chosen[1:]:
        yield _fault(
            process, ("default",), f"'{chosen[0].slug}' is the default process already", "leave only one default"
        )


def _shared_names(world: World) -> Iterator[Fault]:
    """Two parties that answer to one name would make a reader get the wrong one."""
    owners: dict[str, str] = {}
    for record in world.values():
        if not isinstance(record, Party):
            continue
        for path, name in (
            (("name",), record.name),
            *((("aliases", i), alias) for i, alias in enumerate(record.aliases)),
        ):
            first = owners.setdefault(name.casefold(), record.slug)
            if first != record.slug:
                yield _fault(
                    record, path, f"'{name}' is a name of party '{first}' already", "give each name to one party"
                )
