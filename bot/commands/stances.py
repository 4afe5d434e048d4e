"""Stances side by side: each party's positions on an agreement, and a blank where our sources hold none."""

from collections.abc import Iterable

from bot.commands.context import Context
from bot.domain.agreement import Agreement, Position
from bot.domain.party import Party
from bot.domain.revision import Revision
from bot.rendering.notes import Notes
from bot.rendering.pages import StanceLine


def stances(context: Context, agreement: Agreement, notes: Notes) -> tuple[StanceLine, ...]:
    """Return a line for each position, by party in the process's order; a party without one has a line without stance.

    Positions of one party that contradict each other stand side by side, never averaged.
    """
    lines: list[StanceLine] = []
    for party in _parties(context, agreement):
        taken = [position for position in agreement.positions if position.party == party.slug]
        lines += [_line(position, party, notes) for position in taken] or [StanceLine(party.name, None)]
    return tuple(lines)


def of_party(
    context: Context, party: Party, agreements: Iterable[Revision[Agreement]], notes: Notes
) -> tuple[tuple[str, StanceLine], ...]:
    """Return the party's stance on each agreement of the processes that count it, by the agreement's title."""
    lines: list[tuple[str, StanceLine]] = []
    for revision in agreements:
        agreement = revision.record
        if party in _parties(context, agreement):
            taken = [position for position in agreement.positions if position.party == party.slug]
            shown = [_line(position, party, notes) for position in taken] or [StanceLine(party.name, None)]
            lines += [(agreement.title, line) for line in shown]
    return tuple(lines)


def _parties(context: Context, agreement: Agreement) -> tuple[Party, ...]:
    """Return the process's parties, then others that take a position on the agreement."""
    process = context.snapshot.process_of(agreement)
    slugs = (*(process.parties if process else ()), *(position.party for position in agreement.positions))
    known = context.snapshot.parties
    return tuple(known[slug].record for slug in dict.fromkeys(slugs) if slug in known)


def _line(position: Position, party: Party, notes: Notes) -> StanceLine:
    return StanceLine(
        party.name,
        position.stance,
        (position.provision or "").replace("-", " "),
        notes.show(position.text),
        position.statement or "",
        position.speaker or "",
        position.stated,
        notes.marks(position.cite),
    )
