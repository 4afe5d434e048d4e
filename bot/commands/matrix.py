"""The matrix: parties against agreements, or against one agreement's provisions, with the stances in each cell."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from bot.commands.context import Context
from bot.commands.stances import parties_of
from bot.domain.agreement import Agreement, Position, Stance
from bot.domain.party import Party
from bot.rendering.reply import Button, Rows

_ACROSS: Final = 3  # cells beside each other on a phone


@dataclass(frozen=True, slots=True)
class Cell:
    """A party's stances on one thing, by their dates; none where none is recorded, several where sources differ."""

    party: Party
    positions: tuple[Position, ...]

    @property
    def stances(self) -> tuple[Stance, ...]:
        """Return the stances, each once; they are never averaged."""
        return tuple(dict.fromkeys(position.stance for position in self.positions))


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the matrix: an agreement, or a provision of one, whose key is then not ""."""

    agreement: Agreement
    provision: str
    title: str
    cells: tuple[Cell, ...]


def by_agreement(context: Context, agreements: Sequence[Agreement]) -> tuple[Line, ...]:
    """Return a line for each agreement, over all positions on it and on its provisions."""
    parties = list(dict.fromkeys(party for agreement in agreements for party in parties_of(context, agreement)))
    return tuple(
        Line(agreement, "", agreement.title, tuple(Cell(party, _of(agreement, party)) for party in parties))
        for agreement in agreements
    )


def by_provision(context: Context, agreement: Agreement) -> tuple[Line, ...]:
    """Return a line for the agreement as a whole, and one for each provision that a position is on."""
    parties = parties_of(context, agreement)
    return tuple(
        Line(
            agreement,
            key,
            title,
            tuple(Cell(party, _of(agreement, party, key)) for party in parties),
        )
        for key, title in (("", agreement.title), *_provisions(agreement))
    )


def cell_buttons(context: Context, line: Line) -> Rows:
    """Return a button for each cell: its signs and the party's name, which lead to who said what and when."""
    signs = context.labels.signs
    cells = [
        Button(
            " ".join((*("".join(signs[stance.value] for stance in cell.stances),), cell.party.name)).strip(),
            " ".join(filter(None, (f"/positions {line.agreement.slug}", line.provision, str(cell.party.slug)))),
        )
        for cell in line.cells
    ]
    return tuple(tuple(cells[at : at + _ACROSS]) for at in range(0, len(cells), _ACROSS))


def _of(agreement: Agreement, party: Party, provision: str | None = None) -> tuple[Position, ...]:
    taken = [position for position in agreement.positions if position.party == party.slug]
    if provision is not None:
        taken = [position for position in taken if (position.provision or "") == provision]
    return tuple(sorted(taken, key=lambda position: position.stated.sort_key))


def _provisions(agreement: Agreement) -> Iterator[tuple[str, str]]:
    on = {position.provision for position in agreement.positions}
    for provision in agreement.provisions:
        if provision.key in on:
            yield str(provision.key), provision.title or provision.text.text
