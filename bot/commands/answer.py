"""A curated question's answer: what its own command, a link, a button and /ask all show."""

from typing import Final

from rapidfuzz import fuzz
from rapidfuzz.process import extractOne
from rapidfuzz.utils import default_process

from bot.commands import cards
from bot.commands.context import Context
from bot.domain.base import Kind
from bot.domain.question import Question
from bot.domain.record import Record
from bot.domain.revision import Revision
from bot.domain.statement import Statement, without_marks
from bot.rendering.limits import visible
from bot.rendering.notes import Shown
from bot.rendering.pages.asking import AnswerPage
from bot.rendering.reply import Button, Reply, Rows

FOLD_AT: Final = 500  # characters of full answer: about a phone's screen; longer ones are folded
_RELATED: Final = 3
_NEAR: Final = 90  # of 100: nearly all of the words, in any order


async def show_answer(context: Context, question: Revision[Question], matched: str = "") -> Reply:
    """Return the answer with its citations, its age, its sources, and buttons to what is related.

    The sentence that `matched` the reader's words stands unfolded: what they asked for must not hide in the fold.
    """
    record, notes = question.record, context.notes()
    short, full = notes.show_all(record.short), notes.show_all(record.full)
    page = AnswerPage(
        record.question,
        (*short, *notes.show_all(_folded(record, full, matched))),
        full,
        _long(full),
        context.age(record),
        notes.sources,
        context.share(cards.payload(Kind.QUESTION, record.slug)),
    )
    return context.reply(
        page, _buttons(context, question), tells=(question, *notes.told), line=cards.line(Kind.QUESTION, record.slug)
    )


def feedback_row(context: Context, told: Revision[Record]) -> tuple[Button, ...]:
    """Return the buttons that rate this revision, or report an error in it."""
    labels = context.labels
    return (
        Button(labels.up, f"/rate up {told.ref}"),
        Button(labels.down, f"/rate down {told.ref}"),
        Button(labels.report, f"/report on {told.ref}"),
    )


def _buttons(context: Context, question: Revision[Question]) -> Rows:
    record, snapshot = question.record, context.snapshot
    related = [snapshot.questions[slug].record for slug in record.related if slug in snapshot.questions]
    agreements = [snapshot.agreements[slug].record for slug in record.agreements if slug in snapshot.agreements]
    leads = [(cards.button(item),) for item in (*related[:_RELATED], *agreements[:_RELATED])]
    quotes = Button(context.labels.quotes, f"/sources {record.slug}")
    return (*leads, (quotes,), feedback_row(context, question))


def _folded(record: Question, full: tuple[Shown, ...], matched: str) -> tuple[Statement, ...]:
    """Return the statement that is nearest to what matched, none where it is in sight anyway or nothing is near."""
    if not matched or not _long(full):
        return ()
    texts = [without_marks(item.text) for item in (*record.short, *record.full)]
    best = extractOne(matched, texts, scorer=fuzz.token_set_ratio, processor=default_process, score_cutoff=_NEAR)
    place = best[2] - len(record.short) if best else -1
    return (record.full[place],) if place >= 0 else ()


def _long(statements: tuple[Shown, ...]) -> bool:
    return sum(len(visible(str(shown.html))) for shown in statements) > FOLD_AT
