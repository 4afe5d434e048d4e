"""Pictures of /timeline and /positions: the same page, drawn, with what it shows in words below."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from bot.commands.context import Context, Tells
from bot.commands.matrix import Cell, Line
from bot.domain.revision import Revision
from bot.domain.source import Source
from bot.rendering.limits import caption
from bot.rendering.pages.page import Page
from bot.rendering.pages.parts import Age
from bot.rendering.pictures.drawing import Drawing, DrawnLine, DrawnStance, MatrixDrawing
from bot.rendering.pictures.lettering import has_boxes
from bot.rendering.reply import Button, Reply, Rows

PICTURE: Final = "picture"
ACROSS: Final = 5  # parties that a phone's width has room for


def split_picture(words: str) -> tuple[str, bool]:
    """Return the words before "picture" at the end, and whether it was there."""
    parts = words.split()
    if parts and parts[-1].lower() == PICTURE:
        return " ".join(parts[:-1]), True
    return words, False


def button(context: Context, line: str, number: int) -> Button:
    """Return the button that asks for the picture of that page."""
    return Button(context.labels.as_picture, f"{line} {PICTURE} p{number}")


async def picture(
    context: Context, drawing: Drawing, page: Page, buttons: Rows, *, tells: Tells, line: str, turns: bool
) -> Reply:
    """Return the drawing with the page as its caption. With `turns` it takes the place of the picture pressed."""
    message = context.message(page, buttons, tells=tells, line=line)
    painted = await context.picture(drawing)
    message = replace(message, html=caption(message.html)).with_picture(painted)
    return Reply((message,), turns=turns and context.request.pressed is not None)


def matrix(title: str, lines: Sequence[Line], age: Age | None, credit: str) -> MatrixDrawing:
    """Return the drawing of the matrix; parties beyond what a phone's width has room for are left out of it."""
    parties = [cell.party.name for cell in lines[0].cells][:ACROSS] if lines else []
    drawn = [DrawnLine(line.title, [_drawn(cell) for cell in line.cells[:ACROSS]]) for line in lines]
    return MatrixDrawing(title, parties, drawn, age.as_of if age else None, credit)


def boxes(texts: Iterable[str]) -> bool:
    """Return whether boxes stand in the picture for some letters of these texts."""
    return any(map(has_boxes, texts))


def credit(sources: Iterable[Revision[Source]]) -> str:
    """Return who is to be credited below the picture: publishers with their credit lines and licences, each once."""
    lines = ((record.publisher, record.credit) for record in (revision.record for revision in sources))
    return "; ".join(dict.fromkeys(". ".join(filter(None, line)).rstrip(".") for line in lines))


def _drawn(cell: Cell) -> list[DrawnStance]:
    return [DrawnStance(position.stance, position.stated) for position in cell.positions[-2:]]
