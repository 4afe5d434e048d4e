"""Pages for whoever writes on the desk: a field that is asked for, a draft, the drafts, two versions side by side."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.rendering.pages.page import Page


@dataclass(frozen=True, slots=True)
class FieldLine:
    """A field of a draft with what stands in it; `missing` where something has to."""

    label: str
    value: str
    missing: bool


@dataclass(frozen=True, slots=True)
class DraftLine:
    """A draft in a list."""

    number: int
    form: str
    title: str
    who: str
    changed: datetime
    mine: bool


@dataclass(frozen=True, slots=True)
class ProposalLine:
    """Something confirmed in a list: it waits for a second editor, is held, or was refused."""

    number: int
    title: str
    who: str
    state: str


@dataclass(frozen=True, slots=True)
class DifferenceLine:
    """A part of a record that changed: where it stands, in words, and its text before and after."""

    where: str
    old: str
    new: str


@dataclass(frozen=True)
class FieldPage(Page):
    """A field that is asked for: which, the how-manieth of its list, an example, and what stands in it by now."""

    template = "field.j2"
    form: str
    title: str
    label: str
    number: int  # from 1; 0 where there is only one
    entry: str  # line, text, lines, day, when, choice, link, links, cites, items, paragraphs
    optional: bool
    example: str
    value: str
    chosen: Sequence[str]
    faults: Sequence[str]


@dataclass(frozen=True)
class DraftPage(Page):
    """A draft with all its fields, and what keeps it from being published."""

    template = "draft.j2"
    state: str  # "", saved, cancelled
    form: str
    title: str
    number: int
    revision: int  # that it changes; 0 for something new
    others: Sequence[str]  # who else has a draft of the same record
    lines: Sequence[FieldLine]
    faults: Sequence[str]


@dataclass(frozen=True)
class DraftsPage(Page):
    """The drafts there are, and what is on its way."""

    template = "drafts.j2"
    drafts: Sequence[DraftLine]
    proposals: Sequence[ProposalLine]


@dataclass(frozen=True)
class ChangePage(Page):
    """What is still to be said of a change before it is published."""

    template = "change.j2"
    asks: str  # kind, since, note
    title: str


@dataclass(frozen=True)
class ComparePage(Page):
    """A record before and after; `who` made the change, `first` of two versions where there are two."""

    template = "compare.j2"
    state: str  # draft, proposal, overtaken
    title: str
    who: str
    changed: Sequence[DifferenceLine]
    others: Sequence[DifferenceLine]
