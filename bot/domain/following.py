"""How a chat follows: which way it hears of news, at which hours, in which time zone."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo, available_timezones

_HOURS: Final = 24
_DAY: Final = timedelta(days=1)
_WEEK: Final = 7


class Mode(StrEnum):
    """How a chat hears of what it follows."""

    AT_ONCE = "at once"
    DAILY = "daily"
    WEEKLY = "weekly"
    CORRECTIONS = "corrections"  # of what was wrong, at once, and of nothing else


@dataclass(frozen=True, slots=True)
class Hours:
    """On the clock of a zone: when digests come, and between which hours nothing does; equal hours mean none."""

    zone: str = "UTC"
    hour: int = 8
    weekday: int = 0  # of weekly digests; Monday
    quiet_from: int = 0
    quiet_to: int = 0


def zone_named(name: str) -> str | None:
    """Return the IANA name of the zone that `name` names, by all or the last part of it; None where it names none."""
    return _zones().get("_".join(name.split()).lower())


def not_before(hours: Hours, now: datetime) -> datetime:
    """Return when a message may come: now, or at the end of quiet hours, both in UTC."""
    if hours.quiet_from == hours.quiet_to:
        return now
    zone = _zone(hours.zone)
    local = now.astimezone(zone)
    if (local.hour - hours.quiet_from) % _HOURS >= (hours.quiet_to - hours.quiet_from) % _HOURS:
        return now
    day = local.date() if local.hour < hours.quiet_to else local.date() + _DAY
    return max(now, _instant(day, hours.quiet_to, zone))


def next_digest(hours: Hours, mode: Mode, now: datetime) -> datetime:
    """Return the first time after `now` that a digest of that mode is due, in UTC.

    One comes on each day of the zone's calendar, or on each of its weekdays, whatever its clock does on that day.
    """
    zone = _zone(hours.zone)
    day = now.astimezone(zone).date() - _DAY  # a clock put back may be at yesterday's hour again
    while True:
        at = _instant(day, hours.hour, zone)
        if at > now and (mode is not Mode.WEEKLY or day.weekday() == hours.weekday):
            return at
        day += _DAY


def longest_wait(mode: Mode) -> timedelta:
    """Return how far ahead the next digest can be; a later one was set by a clock that was ahead."""
    return timedelta(days=_WEEK if mode is Mode.WEEKLY else 1, hours=2)


def _instant(day: date, hour: int, zone: ZoneInfo) -> datetime:
    """Return when that hour begins; the first time where a clock put back has it twice.

    An hour that a clock put forward leaves out begins when it would have: its clock then shows the next one.
    """
    return datetime.combine(day, time(hour), zone).astimezone(UTC)


@lru_cache(maxsize=1)
def _zones() -> dict[str, str]:
    """Return the zones by their names in lower case, whole and by their last part; of one name's several, the first."""
    names = sorted(available_timezones())
    last = {name.rpartition("/")[2].lower(): name for name in reversed(names) if "/" in name}
    return last | {name.lower(): name for name in names}


@lru_cache(maxsize=1024)
def _zone(name: str) -> ZoneInfo:
    """Return the zone; UTC for one that this machine's data no longer names."""
    return ZoneInfo(name) if name in available_timezones() else ZoneInfo("UTC")
