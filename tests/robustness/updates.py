"""Random and hostile Telegram updates: the same ones for the same seed and the same cast."""

import copy
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Final

from tests.robustness import words
from tests.robustness.shapes import Shapes
from tests.telegram.payload import Json, JsonObject, as_int, as_list, as_object

_NOON: Final = 1_742_472_000  # 20 March 2025
# What a message is by these is for the generator to decide; all the other fields that it may have are thrown in.
_SPOKEN: Final = {"from", "text", "caption", "sender_chat", "reply_to_message", "document", "via_bot", "entities"}
_PLACE: Final = {"migrate_to_chat_id", "migrate_from_chat_id", "message_thread_id", "is_topic_message"}
_JUNK: Final[tuple[Json, ...]] = (
    None,
    True,
    0,
    -1,
    2**31,
    2**53,
    2**63,
    -(2**63) - 1,
    10**40,
    1.5,
    1e308,
    "",
    "x",
    "0",
)


@dataclass(frozen=True, slots=True)
class Cast:
    """Who takes part: people whose private chat is open, groups that the bot is in, files, and what the bot has shown.

    `shown` holds a message of the bot's with the person whom it was shown to; the test adds to it.
    """

    bot: JsonObject
    people: Sequence[JsonObject]
    groups: Sequence[JsonObject]
    files: Sequence[JsonObject] = ()
    shown: list[tuple[JsonObject, JsonObject]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Made:
    """An update, and what the bot owes for it: a message to a chat, or an answer to the query of an id."""

    kind: str
    update: JsonObject
    chat: int | None = None
    query: str | None = None


class Updates:
    """Makes updates, one at a time, for ever."""

    def __init__(self, seed: int, cast: Cast) -> None:
        """Make them with this cast."""
        self._dice: Final = Random(seed)  # noqa: S311 - no secret
        self._shapes: Final = Shapes(self._dice)
        self._cast: Final = cast
        self._number = 0
        self._kinds: Final[dict[Callable[[], Made], int]] = {
            self._says: 20,
            self._commands: 20,
            self._shows: 8,
            self._captions: 4,
            self._in_group: 14,
            self._serves: 3,
            self._presses: 12,
            self._inline: 5,
            self._stranger: 3,
            self._edits: 2,
            self._standing: 2,
            self._of_any_kind: 4,
            self._broken: 12,
        }

    def next(self) -> Made:
        """Return the next update."""
        (make,) = self._dice.choices([*self._kinds], [*self._kinds.values()])
        return make()

    # --- what a person does in their private chat -------------------------------------------------------------------

    def _says(self) -> Made:
        person = self._person()
        line = self._dice.choice((words.text, words.question))(self._dice)
        return self._owed("text", person, {"text": line} | self._decoration())

    def _commands(self) -> Made:
        line = words.command(self._dice, self._dice.choice(("", "", "parley_test_bot", "another_bot")))
        return self._owed("command", self._person(), {"text": line} | self._decoration())

    def _shows(self) -> Made:
        """A message of any other kind: sticker, poll, location, gift, payment, pinned message…"""
        names = [name for name in self._shapes.optional("Message") if name not in _SPOKEN | _PLACE]
        chosen = self._dice.sample(names, min(len(names), self._dice.choice((1, 1, 1, 2, 4))))
        fields = {name: self._shapes.field("Message", name) for name in chosen}
        person = self._person()
        return Made("other message", {"message": self._message(person, _private(person), fields)})

    def _captions(self) -> Made:
        person = self._person()
        fields: JsonObject = {"caption": words.text(self._dice, 1024)}
        if self._cast.files and self._dice.random() < 0.6:
            fields["document"] = dict(self._dice.choice(self._cast.files))
        else:
            fields["photo"] = [self._shapes.object("PhotoSize")]
        return Made("caption", {"message": self._message(person, _private(person), fields)})

    def _edits(self) -> Made:
        person = self._person()
        message = self._message(person, _private(person), {"text": words.text(self._dice), "edit_date": _NOON})
        return Made("edit", {"edited_message": message})

    # --- groups, channels and strangers -----------------------------------------------------------------------------

    def _in_group(self) -> Made:
        dice, person, group = self._dice, self._person(), dict(self._dice.choice(self._cast.groups))
        addressed = dice.random() < 0.5
        line = (
            words.command(dice, "parley_test_bot")
            if addressed
            else dice.choice((words.command(dice), words.text(dice), f"@parley_test_bot {words.text(dice, 900)}"))
        )
        fields: JsonObject = {"text": line} | self._decoration()
        owed = addressed and line.split(maxsplit=1)[0].endswith("@parley_test_bot")
        if dice.random() < 0.15:  # an anonymous administrator, or a channel that speaks in the group
            fields["sender_chat"] = dice.choice((group, self._shapes.object("Chat", type="channel")))
        return Made("group", {"message": self._message(person, group, fields)}, as_int(group["id"]) if owed else None)

    def _serves(self) -> Made:
        """Something happens to a group."""
        group, number = self._dice.choice(self._cast.groups), self._any_number()
        names = ("migrate_to_chat_id", "migrate_from_chat_id", "new_chat_title", "new_chat_members", "pinned_message")
        name = self._dice.choice(names)
        value = number if name.startswith("migrate") else self._shapes.field("Message", name)
        return Made("service", {"message": self._message(self._person(), dict(group), {name: value})})

    def _stranger(self) -> Made:
        """Somebody whose chat the bot cannot write to."""
        person = self._shapes.object("User", id=self._any_number(), is_bot=self._dice.random() < 0.2)
        chat: JsonObject = {"id": self._any_number(), "type": self._dice.choice(("private", "group", "channel", "x"))}
        return Made("stranger", {"message": self._message(person, chat, {"text": words.command(self._dice)})})

    def _standing(self) -> Made:
        chat = self._dice.choice((_private(self._person()), dict(self._dice.choice(self._cast.groups))))
        return Made("my_chat_member", {"my_chat_member": self._shapes.object("ChatMemberUpdated", chat=chat)})

    def _of_any_kind(self) -> Made:
        """An update of any kind there is, or of one that does not exist yet."""
        kinds = [name for name in self._shapes.optional("Update") if name not in {"message", "callback_query"}]
        name = self._dice.choice([*kinds, "time_travel"])
        value = {"id": "1"} if name == "time_travel" else self._shapes.field("Update", name)
        return Made("any kind", {name: value})

    # --- buttons and inline mode ------------------------------------------------------------------------------------

    def _presses(self) -> Made:
        dice, person = self._dice, self._person()
        query: JsonObject = {"id": self._new_id(), "from": dict(person), "chat_instance": "1", "data": words.data(dice)}
        kind = dice.random()
        if kind < 0.5 and self._cast.shown:
            whose, message = dice.choice(self._cast.shown[-100:])
            query |= {"message": copy.deepcopy(message), "data": self._button(message)}
            query["from"] = dict(whose if dice.random() < 0.8 else person)
        elif kind < 0.7:
            query["message"] = self._message(self._cast.bot, _private(person), {"text": "old"})
        elif kind < 0.8:
            query["message"] = {"chat": _private(person), "message_id": dice.randint(0, 2**31), "date": 0}
        elif kind < 0.9:
            query["inline_message_id"] = dice.choice(("AgAAA", "", "x" * 64))
        else:
            del query["data"]
            query["game_short_name"] = "chess"
        return Made("button", {"callback_query": query}, query=str(query["id"]))

    def _inline(self) -> Made:
        dice, person = self._dice, dict(self._person())
        if dice.random() < 0.4:
            result = dice.choice(
                (*words.SLUGS, "q_what-was-agreed.en.1", "p_ukraine-ceasefire-2025.xx.99", words.data(dice))
            )
            chosen: JsonObject = {"result_id": result, "from": person, "query": words.text(dice, 256)}
            if dice.random() < 0.7:
                chosen["inline_message_id"] = dice.choice(("AgAAAInline1", "x" * 64, ""))
            return Made("chosen result", {"chosen_inline_result": chosen})
        asked = dice.choice(("", words.question(dice), words.text(dice, 256)))
        offset = dice.choice(("", "", "20", "9999", "-1", "٣", "x", words.text(dice, 60)))
        query: JsonObject = {"id": self._new_id(), "from": person, "query": asked, "offset": offset}
        return Made("inline", {"inline_query": query}, query=str(query["id"]))

    # --- what Telegram would never send -----------------------------------------------------------------------------

    def _broken(self) -> Made:
        """Another update with one to three faults: something missing, of a wrong type, too big or too deep."""
        whole = self._dice.choice([make for make in self._kinds if make != self._broken])()
        update = copy.deepcopy(whole.update)
        for _ in range(self._dice.choice((1, 1, 2, 3))):
            self._break(update)
        return Made("broken", update)

    def _break(self, update: JsonObject) -> None:
        holders = [update]
        for holder in holders:  # the list grows while it is gone through: it holds every object in the end
            for value in holder.values():
                holders += [item for item in (value if isinstance(value, list) else [value]) if isinstance(item, dict)]
        holder = self._dice.choice([holder for holder in holders if holder] or [update])
        if not holder:
            return
        name = self._dice.choice([*holder])
        match self._dice.randrange(5):
            case 0:
                del holder[name]
            case 1:
                holder[name] = self._dice.choice(_JUNK)
            case 2:
                holder[name] = self._dice.choice(([], {}, [holder[name]], {"id": holder[name]}, [[[]]], {"": None}))
            case 3:
                holder[words.text(self._dice, 20)] = self._dice.choice(_JUNK)
            case _:
                deep: Json = holder[name]
                for _ in range(self._dice.choice((1, 5, 60))):
                    deep = {name: deep}
                holder[name] = deep

    # --- pieces -----------------------------------------------------------------------------------------------------

    def _owed(self, kind: str, person: JsonObject, fields: JsonObject) -> Made:
        return Made(kind, {"message": self._message(person, _private(person), fields)}, as_int(person["id"]))

    def _message(self, sender: JsonObject, chat: JsonObject, fields: JsonObject) -> JsonObject:
        self._number += 1
        sender = dict(sender)
        if self._dice.random() < 0.1:  # a person names themselves, and their language, as they please
            sender |= {"first_name": words.text(self._dice, 64), "language_code": words.text(self._dice, 12)}
        message: JsonObject = {"message_id": 10_000 + self._number, "date": _NOON, "chat": chat, "from": sender}
        return message | fields

    def _decoration(self) -> JsonObject:
        """Return what may come along with a text: entities, what it replies to, where it is forwarded from."""
        kind = self._dice.random()
        if kind < 0.1:
            return {
                "entities": [self._shapes.object("MessageEntity", offset=self._dice.choice((0, 1, 5000)), length=9)]
            }
        if kind < 0.2 and self._cast.shown:
            return {"reply_to_message": copy.deepcopy(self._dice.choice(self._cast.shown[-100:])[1])}
        if kind < 0.25:
            person = self._person()
            return {"reply_to_message": self._message(person, _private(person), {"text": words.text(self._dice, 99)})}
        if kind < 0.3:
            return {
                "forward_origin": {"type": "hidden_user", "date": _NOON, "sender_user_name": words.text(self._dice, 30)}
            }
        return {}

    def _button(self, message: JsonObject) -> Json:
        """Return the data of a button that the message really has."""
        markup = as_object(message.get("reply_markup", {}))
        buttons = [as_object(item) for row in as_list(markup.get("inline_keyboard", [])) for item in as_list(row)]
        return self._dice.choice([item["callback_data"] for item in buttons if "callback_data" in item] or ["/start"])

    def _person(self) -> JsonObject:
        return self._dice.choice(self._cast.people)

    def _any_number(self) -> int:
        return self._dice.choice((1, -1, -5, 777_000, 1_087_968_824, 2**31, -(2**40), -1_009_999_999_999, 2**52))

    def _new_id(self) -> str:
        self._number += 1
        return f"77{self._number:014d}"


def _private(person: JsonObject) -> JsonObject:
    return {"id": person["id"], "type": "private", "first_name": person["first_name"]}
