"""At which hours a chat hears of news: digests, time zone, quiet hours, pauses; changed in place."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from bot.commands.context import Context
from bot.commands.days import read_day
from bot.domain.following import Hours, zone_named
from bot.rendering.pages.following import HoursPage
from bot.rendering.reply import Button, Reply, Rows

HOURS: Final = frozenset({"hours", "hour", "day", "zone", "quiet", "pause"})
_DAY_HOURS: Final = (7, 8, 9, 12, 18, 20)
_QUIET: Final = ((22, 7), (20, 8), (0, 0))
_PAUSES: Final = (1, 7, 30)  # days
_DIGITS: Final = 3  # fewer are an hour
_LONGEST_PAUSE: Final = timedelta(days=366)
_ZONES: Final = (
    "Europe/London",
    "Europe/Zurich",
    "Europe/Kyiv",
    "Europe/Moscow",
    "America/New_York",
    "America/Los_Angeles",
    "Asia/Kolkata",
    "Asia/Shanghai",
    "UTC",
)


async def hours(context: Context, word: str, words: str) -> Reply | None:
    """Change what the word names, and return the hours with their buttons; None where the chat follows nothing."""
    parts, request = context.parts, context.request
    following = await parts.subscriptions.read(context.subject.id)
    if following.follower is None:
        return None
    wrong = ""
    if word == "pause" and words:
        until, wrong = _until(context, words)
        if not wrong:
            await parts.subscriptions.pause(context.subject.id, until, request.now)
    elif words:
        changed = _changed(following.follower.hours, word, words)
        wrong = "" if changed else words
        if changed:
            await parts.subscriptions.set_hours(context.subject.id, changed, request.now)
    follower = (await parts.subscriptions.read(context.subject.id)).follower or following.follower
    paused = follower.paused_until and follower.paused_until.date()
    page = HoursPage(follower.hours, paused, word, wrong)
    return context.reply(page, _choices(context, word, follower.hours, paused=paused is not None), turns=True)


def _choices(context: Context, word: str, hours: Hours, *, paused: bool) -> Rows:
    labels = context.labels
    back = (Button(labels.earlier, "/subscriptions hours"),)
    match word:
        case "zone":
            zones = [
                _choice(name.rpartition("/")[2].replace("_", " "), f"zone {name}", name == hours.zone)
                for name in _ZONES
            ]
            return (*(tuple(zones[at : at + 3]) for at in range(0, len(zones), 3)), back)
        case "day":
            days = [_choice(name, f"day {at}", at == hours.weekday) for at, name in enumerate(labels.weekdays.split())]
            return (tuple(days[:4]), tuple(days[4:]), back)
        case "quiet":
            chosen = (hours.quiet_from, hours.quiet_to)
            quiet = [
                _choice(f"{start}-{end}" if start != end else labels.none_of_them, f"quiet {start} {end}", at == chosen)
                for at in _QUIET
                for start, end in (at,)
            ]
            return (tuple(quiet), back)
        case "pause":
            pauses = [Button(labels.days.format(days), f"/subscriptions pause {days}") for days in _PAUSES]
            end = ((Button(labels.go_on, "/subscriptions pause off"),),) if paused else ()
            return (tuple(pauses), *end, back)
    at = [_choice(f"{hour:02}:00", f"hour {hour}", hour == hours.hour) for hour in _DAY_HOURS]
    return (
        tuple(at[:3]),
        tuple(at[3:]),
        (Button(labels.weekday, "/subscriptions day"), Button(labels.zone, "/subscriptions zone")),
        (Button(labels.quiet, "/subscriptions quiet"), Button(labels.pause, "/subscriptions pause")),
        (Button(labels.all_followed, "/subscriptions"),),
    )


def _changed(hours: Hours, word: str, words: str) -> Hours | None:
    """Return the hours as the words change them, None where they say nothing that can be."""
    parts = words.replace(":00", "").split()
    numbers = [int(part) for part in parts if part.isascii() and part.isdigit() and len(part) < _DIGITS]
    match word, numbers:
        case "hour", [hour] if hour < 24:  # noqa: PLR2004 - hours of a day
            return replace(hours, hour=hour)
        case "day", [day] if day < 7:  # noqa: PLR2004 - days of a week
            return replace(hours, weekday=day)
        case "quiet", [start, end] if start < 24 and end < 24:  # noqa: PLR2004 - hours of a day
            return replace(hours, quiet_from=start, quiet_to=end)
        case "zone", _:
            zone = zone_named(words)
            return replace(hours, zone=zone) if zone else None
    return None


def _until(context: Context, words: str) -> tuple[datetime | None, str]:
    """Return until when to pause, None for no longer; and the words where they say neither."""
    now = context.request.now
    if words == "off":
        return None, ""
    if words.isascii() and words.isdigit() and len(words) <= 3 and 0 < int(words) <= _LONGEST_PAUSE.days:  # noqa: PLR2004 - digits
        return now + timedelta(days=int(words)), ""
    day = read_day(words, context.today)
    if day and context.today < day <= context.today + _LONGEST_PAUSE:
        return datetime.combine(day, now.timetz()), ""
    return None, words


def _city(zone: str) -> str:
    return zone.rpartition("/")[2].replace("_", " ")


def _choice(label: str, words: str, chosen: bool) -> Button:  # noqa: FBT001 - as in `_marked`
    return Button(marked(label, chosen), f"/subscriptions {words}")


def marked(label: str, chosen: bool) -> str:  # noqa: FBT001 - likewise
    """Return the label, with a mark where it is chosen."""
    return f"✓ {label}" if chosen else label
