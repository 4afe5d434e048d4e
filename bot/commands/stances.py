"""Stances side by side: each party's positions on an agreement, and a blank where our sources hold none."""

from collections.abc import Iterable, Iterator
from datetime import date

from bot.commands.context import Context
from bot.domain.agreement import Agreement, Dates, Position, Stance
from bot.domain.party import Party
from bot.domain.revision import Revision
from bot.domain.statement import Citation
from bot.domain.status import status_on
from bot.rendering.notes import Notes
from bot.rendering.pages.parts import Listed, StanceLine


def stances(context: Context, agreement: Agreement, notes: Notes) -> tuple[StanceLine, ...]:
    """Return a line for each position, by party in the process's order; a party without one has a line without stance.

    Positions of one party that contradict each other stand side by side, never averaged.
    """
    lines: list[StanceLine] = []
    for party in parties_of(context, agreement):
        taken = [position for position in agreement.positions if position.party == party.slug]
        lines += [_line(position, party, agreement, notes) for position in taken] or [StanceLine(party.name, None)]
    return tuple(lines)


def of_party(
    context: Context, party: Party, agreements: Iterable[Revision[Agreement]], notes: Notes
) -> tuple[tuple[str, StanceLine], ...]:
    """Return the party's stances by the agreement's title, the earliest first; those not recorded come last."""
    lines: list[tuple[str, StanceLine]] = []
    for revision in agreements:
        agreement = revision.record
        if party in parties_of(context, agreement):
            taken = [position for position in agreement.positions if position.party == party.slug]
            shown = [_line(position, party, agreement, notes) for position in taken] or [StanceLine(party.name, None)]
            lines += [(agreement.title, line) for line in shown]
    return tuple(sorted(lines, key=lambda item: item[1].stated.sort_key if item[1].stated else (date.max, date.max)))


def of_cell(agreement: Agreement, party: Party, provision: str | None, notes: Notes) -> tuple[StanceLine, ...]:
    """Return the party's stances on the agreement, or on one provision of it, the earliest first."""
    taken = [item for item in agreement.positions if item.party == party.slug and provision in {None, item.provision}]
    taken.sort(key=lambda item: item.stated.sort_key)
    return tuple(_line(position, party, agreement, notes) for position in taken)


def listed(context: Context, agreement: Agreement, day: date, notes: Notes, *, with_stances: bool = False) -> Listed:
    """Return the agreement as lists show it: its status on the day, with the sources that the status rests on."""
    return Listed(
        agreement,
        status_on(agreement, day),
        rejecting(context, agreement),
        notes.marks(_dating(agreement)),
        stances(context, agreement, notes) if with_stances else (),
    )


def rejecting(context: Context, agreement: Agreement) -> tuple[str, ...]:
    """Return the names of the parties that reject the whole of it."""
    against = [position.party for position in agreement.positions if _rejects(position)]
    known = context.snapshot.parties
    return tuple(known[slug].record.name for slug in dict.fromkeys(against) if slug in known)


def _rejects(position: Position) -> bool:
    return position.stance is Stance.REJECTS and position.provision is None


def _dating(agreement: Agreement) -> Iterator[Citation]:
    """Yield the citations that give the agreement's dates and turns."""
    keys = [key for name in Dates.model_fields if (key := getattr(agreement.dates, name))]
    for dated in (*keys, *agreement.status_events):
        yield from dated.cite


def parties_of(context: Context, agreement: Agreement) -> tuple[Party, ...]:
    """Return the process's parties, then others that take a position on the agreement."""
    process = context.snapshot.process_of(agreement)
    slugs = (*(process.parties if process else ()), *(position.party for position in agreement.positions))
    known = context.snapshot.parties
    return tuple(known[slug].record for slug in dict.fromkeys(slugs) if slug in known)


def _line(position: Position, party: Party, agreement: Agreement, notes: Notes) -> StanceLine:
    return StanceLine(
        party.name,
        position.stance,
        _provision(agreement, position),
        notes.show(position.text),
        position.statement or "",
        position.speaker or "",
        position.stated,
        notes.marks(position.cite),
    )


def _provision(agreement: Agreement, position: Position) -> str:
    """Return what to call the provision that the position is on, "" where it is on the whole."""
    found = next((item for item in agreement.provisions if item.key == position.provision), None)
    return (found.title or found.text.text) if found else ""
