"""When digests and news come, on every clock that there is."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.following import Hours, Mode, longest_wait, next_digest, not_before, zone_named

ZONES = st.sampled_from(sorted(available_timezones()))
HOUR = st.integers(0, 23)
HOURS = st.builds(Hours, ZONES, HOUR, st.integers(0, 6), HOUR, HOUR)
TIMES = st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - the zone is drawn


@given(HOURS, TIMES, st.sampled_from((Mode.DAILY, Mode.WEEKLY)))
@settings(max_examples=50)
def test_a_digest_comes_once_on_each_of_its_days(hours: Hours, now: datetime, mode: Mode) -> None:
    """Whatever a zone's clock does: after each comes the next, on the next day or weekday of its calendar."""
    zone, days = ZoneInfo(hours.zone), []
    for _ in range(10):
        following = next_digest(hours, mode, now)
        assert now < following <= now + longest_wait(mode) + timedelta(days=1)
        now = following
        days.append(following.astimezone(zone).date())
    step = 7 if mode is Mode.WEEKLY else 1
    gaps = {(later - earlier).days for earlier, later in pairwise(days)}
    # Samoa once left a whole day out; a day that does not exist is nobody's.
    assert gaps <= {step, step + 1}


@pytest.mark.parametrize(
    ("zone", "now", "times"),
    [
        # The clock goes from 2 to 3 on 30 March 2025 in Zurich, and from 3 back to 2 on 26 October.
        ("Europe/Zurich", "2025-03-29T12:00", ["2025-03-30T01:00", "2025-03-31T00:00"]),
        ("Europe/Zurich", "2025-10-25T12:00", ["2025-10-26T00:00", "2025-10-27T01:00"]),
        ("UTC", "2025-10-25T12:00", ["2025-10-26T02:00", "2025-10-27T02:00"]),
    ],
)
def test_a_digest_at_an_hour_that_is_left_out_or_comes_twice(zone: str, now: str, times: list[str]) -> None:
    """An hour left out is made up for at once; of one that comes twice the first counts."""
    at = datetime.fromisoformat(now).replace(tzinfo=UTC)
    found = []
    for _ in times:
        at = next_digest(Hours(zone, hour=2), Mode.DAILY, at)
        found.append(at.strftime("%Y-%m-%dT%H:%M"))
    assert found == times


@given(HOURS, TIMES)
@settings(max_examples=50)
def test_nothing_comes_in_quiet_hours(hours: Hours, now: datetime) -> None:
    """News waits until quiet hours end, never longer than they last, and not at all where start and end are one."""
    at = not_before(hours, now)
    assert now <= at <= now + timedelta(hours=26)
    if hours.quiet_from == hours.quiet_to:
        assert at == now
    assert not_before(hours, at) == at


def test_a_zone_is_found_by_its_name() -> None:
    """By all of its name or by its city, however written; what is none is none."""
    assert zone_named("europe/kyiv") == "Europe/Kyiv"
    assert zone_named("New York") == "America/New_York"
    assert zone_named("utc") == "UTC"
    assert zone_named("../../etc/passwd") is None
    assert zone_named("Mars") is None
