"""Parley without the waits between messages that Telegram demands: `python -m bench.unpaced run`.

Its limiter still does all its work, but every turn has come at once; else thirty messages a second would be measured,
which is Telegram's figure and not ours. The stock bots keep no pace at all.
"""

import sys

from bot.channels.telegram.pace import Chats, Pace
from bot.cli import main


def _at_once(_kept: Pace | Chats, _of: object) -> float:
    return 0.0


def unpace() -> None:
    """Let every turn have come in this process; there is, rightly, no setting for this."""
    for kept in (Pace, Chats):
        kept.ready = _at_once  # type: ignore[method-assign, assignment]  # nothing else is changed


if __name__ == "__main__":
    unpace()
    sys.exit(main())
