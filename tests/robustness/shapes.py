"""Values of the Bot API's own types: from the whole specification where it is at hand, else from a small part of it."""

from collections.abc import Mapping, Sequence
from random import Random
from typing import Final

from tests.robustness.words import text
from tests.telegram.payload import Json, JsonObject
from tests.telegram.spec import load_spec

_DEEPEST: Final = 3  # from there on only what an object must have
_NOON: Final = 1_742_472_000  # 20 March 2025
# What messages are made of, for where the specification is not at hand: "?" marks what may be missing.
_SUBSET: Final[Mapping[str, Mapping[str, str]]] = {
    "User": {"id": "Integer", "is_bot": "Boolean", "first_name": "String", "language_code?": "String"},
    "Chat": {"id": "Integer", "type": "String", "title?": "String", "is_forum?": "Boolean"},
    "MessageEntity": {"type": "String", "offset": "Integer", "length": "Integer", "url?": "String"},
    "PhotoSize": {"file_id": "String", "file_unique_id": "String", "width": "Integer", "height": "Integer"},
    "Sticker": {"file_id": "String", "file_unique_id": "String", "type": "String", "width": "Integer"}
    | {"height": "Integer", "is_animated": "Boolean", "is_video": "Boolean"},
    "Document": {"file_id": "String", "file_unique_id": "String", "file_name?": "String", "file_size?": "Integer"},
    "Location": {"latitude": "Float", "longitude": "Float"},
    "Contact": {"phone_number": "String", "first_name": "String"},
    "Dice": {"emoji": "String", "value": "Integer"},
    "Message": {"message_id": "Integer", "date": "Integer", "chat": "Chat", "photo?": "Array of PhotoSize"}
    | {"sticker?": "Sticker", "location?": "Location", "contact?": "Contact", "dice?": "Dice"}
    | {"pinned_message?": "Message", "new_chat_members?": "Array of User", "new_chat_title?": "String"},
    "ChatMemberMember": {"status": "String", "user": "User"},
    "ChatMemberUpdated": {"chat": "Chat", "from": "User", "date": "Integer", "old_chat_member": "ChatMemberMember"}
    | {"new_chat_member": "ChatMemberMember"},
    "PollAnswer": {"poll_id": "String", "option_ids": "Array of Integer", "user?": "User"},
    "Update": {"update_id": "Integer", "message?": "Message", "my_chat_member?": "ChatMemberUpdated"}
    | {"channel_post?": "Message", "poll_answer?": "PollAnswer"},
}


class Shapes:
    """Makes objects by the name of their type."""

    def __init__(self, dice: Random) -> None:
        """Throw those dice."""
        self._dice: Final = dice
        self._spec: Final = load_spec()

    def optional(self, kind: str) -> Sequence[str]:
        """Return the names of the fields that an object of the type may lack."""
        if self._spec:
            return [field.name for field in self._spec.types[kind].values() if not field.required]
        return [name[:-1] for name in _SUBSET[kind] if name.endswith("?")]

    def object(self, kind: str, depth: int = 0, *, share: float = 0.15, **given: Json) -> JsonObject:
        """Return an object of the type with all that it must have, and a share of what it may have."""
        share = share if depth < _DEEPEST else 0.0
        made: JsonObject = {}
        for name, kinds, required, values in self._fields(kind):
            if name not in given and (required or self._dice.random() < share):
                made[name] = self._dice.choice(values) if values else self.value(kinds, name, depth + 1)
        return made | given

    def field(self, kind: str, name: str) -> Json:
        """Return a value for one field of the type."""
        found = next(((kinds, values) for field, kinds, _, values in self._fields(kind) if field == name), None)
        assert found is not None, f"{kind} has no field {name}"
        kinds, values = found
        return self._dice.choice(values) if values else self.value(kinds, name, 1)

    def value(self, kinds: Sequence[str], name: str = "", depth: int = 0) -> Json:
        """Return a value of one of the types."""
        kind = self._dice.choice(kinds)
        if kind.startswith("Array of "):
            items = kind.removeprefix("Array of ")
            count = self._dice.randint(0, 3) if depth < _DEEPEST else 0
            return [self.value([items] if items.startswith("Array") else items.split(" or "), name, depth + 1)] * count
        if self._spec and self._spec.subtypes.get(kind):
            return self.value(self._spec.subtypes[kind], name, depth)
        if kind in (self._spec.types if self._spec else _SUBSET):
            return self.object(kind, depth, share=0.3 if depth < _DEEPEST - 1 else 0.0)
        return self._plain(kind, name)

    def _fields(self, kind: str) -> list[tuple[str, Sequence[str], bool, Sequence[Json]]]:
        """Return name, types, whether it must be there, and the values it may have, if they are told."""
        if self._spec:
            fields = self._spec.types[kind].values()
            return [(field.name, field.types, field.required, [*map(_json, field.values)]) for field in fields]
        small = _SUBSET[kind].items()
        return [(name.rstrip("?"), (value,), not name.endswith("?"), ()) for name, value in small]

    def _plain(self, kind: str, name: str) -> Json:
        dice = self._dice
        if kind == "Boolean":
            return dice.random() < 0.5
        if kind == "Integer" and "date" in name:
            return _NOON + dice.randint(-100_000, 0)
        if kind == "Integer":
            return dice.choice((0, 1, dice.randint(2, 999), 2**31, -(2**40), 2**40))
        return dice.uniform(-180, 180) if kind == "Float" else text(dice, 64)


def _json(value: object) -> Json:
    assert isinstance(value, (str, int, float)), value
    return value
