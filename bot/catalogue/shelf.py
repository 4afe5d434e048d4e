"""The shelf: the agreements of a snapshot in the orders that browsing needs, worked out once and kept."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Final

from rapidfuzz.utils import default_process

from bot.catalogue.findable import findables
from bot.domain.agreement import Agreement
from bot.domain.party import Party
from bot.domain.revision import Revision
from bot.domain.status import Standing, status_on
from bot.search.finder import Finder

_DAYS: Final = 8  # whose statuses are kept: today's, and a few that readers ask for
Shelved = Sequence[Revision[Agreement]]


class Shelf:
    """The agreements by process, country and year, by their words, and where each stood on a day."""

    def __init__(
        self, agreements: Shelved, processes: Mapping[str, str], parties: Iterable[Revision[Party]] = ()
    ) -> None:
        """Put the agreements, which come in the order to list them in, on the shelf; `processes` are titles by slug."""
        # What a dataset lists stands behind what editors wrote, by date.
        self.all: Final[Shelved] = sorted(agreements, key=_order)
        self._titles: Final = processes
        self._by_process: Final = defaultdict[str, list[Revision[Agreement]]](list)
        self._countries: Final[dict[str, str]] = {}
        self._standings: Final[dict[date, Mapping[str, Standing | None]]] = {}
        self._mentioned_by: Final = defaultdict[str, list[Revision[Agreement]]](list)
        self._naming: Final[dict[str, frozenset[str]]] = {}
        self._parties: Final[dict[str, Revision[Party]]] = {}
        for party in parties:
            for name in (party.record.slug, party.record.name, *party.record.aliases):
                self._parties.setdefault(default_process(name), party)
        for revision in self.all:
            record = revision.record
            self._by_process[record.process].append(revision)
            self._countries.update((country.casefold(), country) for country in record.countries)
            for link in (*record.supersedes, *record.renews, *record.implements, *record.refers_to):
                self._mentioned_by[link].append(revision)

    def of_process(self, slug: str) -> Shelved:
        """Return the process's agreements."""
        return self._by_process.get(slug, ())

    def pointing_at(self, slug: str) -> Shelved:
        """Return the agreements that renew, supersede, implement or mention the one of that slug."""
        return self._mentioned_by.get(slug, ())

    def party(self, name: str) -> Revision[Party] | None:
        """Return the party that is called so, by any of its names in full."""
        return self._parties.get(default_process(name))

    def country(self, name: str) -> str | None:
        """Return the country or entity of that name as agreements have it, None where none concerns it."""
        return self._countries.get(name.casefold())

    def standings(self, day: date) -> Mapping[str, Standing | None]:
        """Return where each agreement stood on the day, by slug; worked out once, kept for a few days."""
        if day not in self._standings:
            while len(self._standings) >= _DAYS:
                self._standings.pop(next(iter(self._standings)), None)
            self._standings[day] = {rev.record.slug: status_on(rev.record, day) for rev in self.all}
        return self._standings[day]

    @cached_property
    def years(self) -> Mapping[str, int | None]:
        """Return the year in which each agreement was made, by slug; None where no date says."""
        made = ((rev.record.slug, made_on(rev.record)) for rev in self.all)
        return {slug: day.year if day else None for slug, day in made}

    def naming(self, party: Party) -> frozenset[str]:
        """Return the slugs of the agreements whose signatories, as printed, have a name of the party among them."""
        if party.slug not in self._naming:
            names = [spaced(name) for name in (party.name, *party.aliases)]
            self._naming[party.slug] = frozenset(
                slug for slug, printed in self._signed_words.items() if any(name in printed for name in names)
            )
        return self._naming[party.slug]

    @cached_property
    def finder(self) -> Finder:
        """Return what finds agreements by their words; made when it is first asked for."""
        return Finder(findables((revision.record for revision in self.all), self._titles))

    @cached_property
    def _signed_words(self) -> Mapping[str, str]:
        """Return who signed each agreement, in small letters with blanks around each word."""
        return {str(revision.record.slug): _signed(revision.record) for revision in self.all}


def made_on(agreement: Agreement) -> date | None:
    """Return the day on which the agreement was signed, else announced, else took its first turn, at the earliest."""
    keys: Iterable[date | None] = (
        *(key.on.first for key in (agreement.dates.signed, agreement.dates.announced) if key),
        *(event.on.first for event in agreement.status_events),
    )
    return next((day for day in keys if day), None)


def spaced(text: str) -> str:
    """Return the words of `text` in small letters, a blank before and behind each: so that whole words are found."""
    return f" {' '.join(''.join(mark if mark.isalnum() else ' ' for mark in text.casefold()).split())} "


def _order(revision: Revision[Agreement]) -> tuple[bool, date]:
    record = revision.record
    return (True, made_on(record) or date.max) if record.dataset else (False, date.min)


def _signed(agreement: Agreement) -> str:
    return spaced(" ".join((agreement.signed_as or "", *agreement.signatories)))
