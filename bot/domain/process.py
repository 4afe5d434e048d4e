"""A process: a negotiation being followed."""

from datetime import date
from typing import Annotated, ClassVar

from pydantic import Field

from bot.domain.base import AgreementLink, Kind, PartyLink, QuestionLink
from bot.domain.record import Record
from bot.domain.statement import Line, Statement


class Process(Record):
    """A negotiation being followed, with the three points that /brief tells and the parties whose stances count."""

    kind: ClassVar[Kind] = Kind.PROCESS

    title: Line
    aliases: tuple[Line, ...] = ()
    paraphrases: tuple[Line, ...] = ()  # ways to ask for its brief that are no names of it
    # What people ask and nothing here answers. Whoever asks the like is told so, not answered with a look-alike.
    uncovered: tuple[Line, ...] = ()
    summary: Annotated[tuple[Statement, ...], Field(min_length=1, max_length=5)]
    parties: tuple[PartyLink, ...] = ()
    questions: tuple[QuestionLink, ...] = ()  # the order to list them in; those not named follow
    agreements: tuple[AgreementLink, ...] = ()  # likewise
    as_of: date
    review_by: date | None = None
    verified_by: Line | None = None
    verified_at: date | None = None
    stale_after_days: Annotated[int, Field(gt=0, le=36500)] | None = (
        None  # its records count as stale after so many days
    )
    dataset: Line | None = None  # that it was taken from; its records are browsed, not curated
    default: bool = False  # the process a chat starts with
    four_eyes: bool = False  # a second editor approves whatever is published about it
