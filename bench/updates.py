"""Updates, written out beforehand, so that handing them out costs the server next to nothing."""

import json
from dataclasses import dataclass
from typing import Final

from bench.plan import CHATS

TEXT: Final = "/agreed"
_FIRST_CHAT: Final = 5_000_000_001
_DATE: Final = 1_742_472_000  # seconds since 1970; any day does


@dataclass(frozen=True, slots=True)
class Prepared:
    """A message that somebody sent to the bot, as getUpdates tells it."""

    number: int
    chat: int
    body: bytes


def prepared(first: int, count: int) -> list[Prepared]:
    """Return `count` messages that the chats send in turn, their update numbers from `first` on."""
    return [_message(number, _FIRST_CHAT + number % CHATS) for number in range(first, first + count)]


def _message(number: int, chat: int) -> Prepared:
    update = {
        "update_id": number,
        "message": {
            "message_id": number,
            "date": _DATE,
            "chat": {"id": chat, "type": "private", "first_name": "Ann"},
            "from": {"id": chat, "is_bot": False, "first_name": "Ann", "language_code": "en"},
            "text": TEXT,
            "entities": [{"type": "bot_command", "offset": 0, "length": len(TEXT)}],
        },
    }
    return Prepared(number, chat, json.dumps(update).encode())
