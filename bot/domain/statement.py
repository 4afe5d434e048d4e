"""Statements: a sentence or paragraph, how certain it is, whose word it is, and the citations it rests on."""

import re
from enum import StrEnum
from typing import Annotated, Final

from pydantic import AfterValidator, Field

from bot.domain.base import Model, PartyLink, SourceLink, without_unseen


def seen(text: str) -> str:
    """Return `text` without what no reader sees, nor the blanks that it hid at the ends: they would go on reading."""
    return without_unseen(text).strip()


# Telegram's message holds 4,096 characters; a statement stays well below so that a fold, its label and its marks fit.
Words = Annotated[str, AfterValidator(seen), Field(min_length=1, max_length=2000)]
LINE_LIMIT: Final = 250  # characters
Line = Annotated[str, AfterValidator(seen), Field(min_length=1, max_length=LINE_LIMIT, pattern=r"^[^\n]*$")]


_MARK: Final = re.compile(r"\[\^[^\]\s]*\]")


def without_marks(text: str) -> str:
    """Return a statement's text without the marks of its citations."""
    return _MARK.sub("", text)


class Certainty(StrEnum):
    """How certain a statement is, from the source's own shade."""

    CONFIRMED = "confirmed"  # a primary text, or two independent sources
    REPORTED = "reported"
    SAID_TO_BE = "said to be"  # the source itself hedges
    CLAIMED = "claimed"  # by a party, which `party` names
    ASSESSMENT = "assessment"  # by an author, whom `by` names
    DISPUTED = "disputed"
    UNCLEAR = "unclear"


class Citation(Model):
    """The link from a statement to a source: where in it, and in which words."""

    source: SourceLink
    where: Line | None = None
    quote: Words | None = None


class Statement(Model):
    """A statement with its citations; `[^n]` in `text` marks where the n-th of them (from 1) belongs."""

    text: Words
    certainty: Certainty = Certainty.REPORTED
    party: PartyLink | None = None  # whose claim it is
    by: Line | None = None  # the words to name them with ("the Kremlin"), or the author of an assessment
    cite: tuple[Citation, ...] = ()


class Known(StrEnum):
    """A yes, a no, and the third value that sources so often leave us with."""

    YES = "yes"
    NO = "no"
    UNCLEAR = "unclear"
