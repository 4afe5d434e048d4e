"""Days as people write them."""

from datetime import date, datetime, timedelta
from typing import Final

# Day before month wherever a form leaves it open; 3/4/2025 is not among them, since readers mean two days by it.
_FORMS: Final = ("%Y-%m-%d", "%d %B %Y", "%d %b %Y", "%B %d %Y", "%b %d %Y", "%d.%m.%Y", "%Y/%m/%d", "%Y%m%d")
_WORDS: Final = {"today": 0, "yesterday": -1, "tomorrow": 1}
_LONGEST: Final = 3  # words


def leading_day(text: str, today: date) -> tuple[date | None, str]:
    """Return the day that `text` begins with, None where it begins with none, and what stands behind it."""
    words = text.replace(",", " ").split()
    for size in range(min(_LONGEST, len(words)), 0, -1):
        day = read_day(" ".join(words[:size]), today)
        if day:
            return day, " ".join(words[size:])
    return None, text.strip()


def read_day(text: str, today: date) -> date | None:
    """Return the day that `text` writes, None where it writes none."""
    text = text.strip().lower()
    if text in _WORDS:
        return today + timedelta(days=_WORDS[text])
    for form in _FORMS:
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    return None
