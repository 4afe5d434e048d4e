"""An agreement: something proposed, agreed or in force, with every party's position on it.

The fields follow PA-X, the ETH/PRIO ceasefire data and UCDP; whoever fills one cites where it comes from.
"""

from datetime import date, timedelta
from enum import StrEnum
from typing import Annotated, ClassVar

from pydantic import AfterValidator, Field

from bot.domain.base import AgreementLink, Kind, Model, PartyLink, Slug
from bot.domain.dates import When
from bot.domain.record import Dated
from bot.domain.source import Url
from bot.domain.statement import Citation, Known, Line, Statement, Words, seen

Cited = Annotated[tuple[Citation, ...], Field(min_length=1)]
# Agreements have longer titles than anything else: PA-X's longest has 449 characters.
Title = Annotated[str, AfterValidator(seen), Field(min_length=1, max_length=500, pattern=r"^[^\n]*$")]
# A list of signatures as the document prints it; PA-X's longest has 19,826 characters.
Printed = Annotated[str, AfterValidator(seen), Field(min_length=1, max_length=60_000)]


class Stage(StrEnum):
    """Where in a process an agreement stands (PA-X's stages)."""

    PRE_NEGOTIATION = "pre-negotiation"
    FRAMEWORK_PARTIAL = "framework, partial"
    FRAMEWORK_COMPREHENSIVE = "framework, comprehensive"
    IMPLEMENTATION = "implementation"
    RENEWAL = "renewal"
    CEASEFIRE = "ceasefire"
    OTHER = "other"


class Form(StrEnum):
    """How it was made."""

    WRITTEN = "written"
    VERBAL = "verbal"
    EXCHANGE = "exchange"


class Laterality(StrEnum):
    """How many sides made it."""

    UNILATERAL = "unilateral"
    BILATERAL = "bilateral"
    MULTILATERAL = "multilateral"


class Stance(StrEnum):
    """A party's stance. That none is recorded is not a stance: it is the absence of a position."""

    PROPOSES = "proposes"
    ACCEPTS = "accepts"
    CONDITIONS = "accepts with conditions"
    REJECTS = "rejects"
    WITHDRAWN = "withdrawn"
    SILENT = "silent"  # a source says that it said nothing
    UNCLEAR = "unclear"


class Turn(StrEnum):
    """What can happen to an agreement besides its dates."""

    PROPOSED = "proposed"
    TALKS_AGREED = "talks agreed"
    AGREED = "agreed"
    REJECTED = "rejected"
    COLLAPSED = "collapsed"


class KeyDate(Model):
    """A date of an agreement with the source that gives it.

    `words` say what the date alone cannot: how the source puts it, or why it is unclear. `perhaps` is a day on which
    it may have been, where the date itself is unclear and a source leaves room for that day.
    """

    on: When
    words: Line | None = None
    perhaps: date | None = None
    cite: Cited


class Dates(Model):
    """When it was announced, signed, took effect, is declared to end, was extended to, ended."""

    announced: KeyDate | None = None
    signed: KeyDate | None = None
    effective: KeyDate | None = None
    declared_end: KeyDate | None = None
    extended_to: KeyDate | None = None
    ended: KeyDate | None = None


class Duration(Model):
    """How long it is to last, as said, and in days where that is plain."""

    words: Line
    days: Annotated[int, Field(gt=0, le=36500)] | None = None
    cite: Cited


class StatusEvent(Model):
    """A turn in an agreement's life, dated and sourced."""

    status: Turn
    on: When
    words: Line | None = None
    cite: Cited


class Provision(Model):
    """One thing that an agreement lays down."""

    key: Slug
    title: Line | None = None  # a few words to name it with
    text: Statement


class Monitoring(Model):
    """Whether anybody watches over it: yes, no or unclear, and what is said of it."""

    agreed: Known
    text: Statement | None = None


class Position(Model):
    """A party's stance on an agreement, or on one provision of it. `key` stays the same over revisions."""

    key: Slug
    party: PartyLink
    provision: Slug | None = None
    stance: Stance
    text: Statement
    statement: Words | None = None  # the party's own words, as quoted
    speaker: Line | None = None
    stated: When
    cite: Cited


class DatasetEntry(Model):
    """How a dataset that the record was taken from lists it, in the dataset's own labels.

    What the dataset does not hold, the record does not: its status is told as "not recorded in" the dataset.
    """

    name: Line
    version: Annotated[int, Field(ge=0)] | None = None  # of the dataset's coding of this agreement
    status: Line
    stage: Line | None = None
    type: Line | None = None
    conflict: Line | None = None


class Agreement(Dated):
    """A record of something proposed, agreed or in force."""

    kind: ClassVar[Kind] = Kind.AGREEMENT

    title: Title
    aliases: tuple[Line, ...] = ()
    paraphrases: tuple[Line, ...] = ()  # ways to ask for it that are no names of it
    stage: Stage
    form: Form | None = None
    laterality: Laterality | None = None
    purpose: Statement
    background: tuple[Statement, ...] = ()
    place: Line | None = None
    countries: tuple[Line, ...] = ()  # that it concerns
    region: Line | None = None
    dates: Dates = Dates()
    duration: Duration | None = None
    status_events: tuple[StatusEvent, ...] = ()
    conditions: tuple[Statement, ...] = ()
    provisions: tuple[Provision, ...] = ()
    positions: tuple[Position, ...] = ()
    monitoring: Monitoring | None = None
    mediators: tuple[Line, ...] = ()
    third_parties: tuple[Line, ...] = ()
    signatories: tuple[Line, ...] = ()
    signed_as: Printed | None = None  # the signatories as the document or the dataset prints them
    third_parties_as: Printed | None = None  # likewise
    outstanding: tuple[Statement, ...] = ()
    pax_id: Line | None = None
    ucdp_id: Line | None = None
    links: tuple[Url, ...] = ()
    supersedes: tuple[AgreementLink, ...] = ()
    renews: tuple[AgreementLink, ...] = ()
    implements: tuple[AgreementLink, ...] = ()
    refers_to: tuple[AgreementLink, ...] = ()  # others that its text mentions
    refers_as: Printed | None = None  # what its text refers to, as the dataset prints it
    dataset: DatasetEntry | None = None

    @property
    def conditional_end(self) -> date | None:
        """Return the day it was due to end if it began on the day it may have, else None.

        The source gives the duration and the possible start; only the sum is ours.
        """
        start = self.dates.effective
        if not (start and start.perhaps and self.duration and self.duration.days):
            return None
        try:
            return start.perhaps + timedelta(days=self.duration.days)
        except OverflowError:  # beyond the last day that a date can name
            return None
