"""What is different between two states of a record, as lines that a reader understands: old, new, and its source."""

from bot.commands.context import Context
from bot.domain.record import Record
from bot.domain.said import Said, changed
from bot.rendering.notes import Notes
from bot.rendering.pages.changing import ChangeLine, Piece


def change_lines(context: Context, old: Record, new: Record, notes: Notes) -> tuple[ChangeLine, ...]:
    """Return a line for each piece that is different; the new one with the marks of its sources."""
    return tuple(
        ChangeLine(
            pair.what.what,
            _name(context, pair.what.party),
            _piece(pair.old),
            _piece(pair.new),
            notes.marks(pair.new.cite) if pair.new else "",
        )
        for pair in changed(old, new)
    )


def _piece(said: Said | None) -> Piece | None:
    return Piece(said.text, said.when, said.certainty) if said else None


def _name(context: Context, party: str) -> str:
    found = context.snapshot.parties.get(party)
    return found.record.name if found else party
