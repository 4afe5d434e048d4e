"""Everything the server remembers: handlers change it for the bot; people, chats and tests from the other side."""

import copy
import itertools
from collections.abc import Sequence

from tests.telegram.bell import Bell
from tests.telegram.chat import FakeChat
from tests.telegram.errors import bad_request, forbidden
from tests.telegram.payload import JsonObject
from tests.telegram.people import Person
from tests.telegram.profile import Profile
from tests.telegram.queries import CallbackAnswer, InlineAnswer, OpenQueries
from tests.telegram.updates import UpdateQueue

FIRST_PERSON_ID = 5_000_000_001  # above 32 bits, as real ids are by now
FIRST_GROUP_ID = 1001
SUPERGROUP_OFFSET = -1_000_000_000_000


class World:
    """One bot, and all the people and chats it may meet."""

    def __init__(self, bot_id: int, bot_username: str) -> None:
        self.bot: JsonObject = {
            "id": bot_id,
            "is_bot": True,
            "first_name": "Bot under test",
            "username": bot_username,
        }
        self.bell = Bell()
        self.updates = UpdateQueue(self.bell)
        self.queries = OpenQueries()
        self.profile = Profile()
        self.webhook: JsonObject = {}
        self.people: dict[int, Person] = {}
        self.chats: dict[int, FakeChat] = {}
        self.answered_callbacks: list[CallbackAnswer] = []
        self.inline_answers: list[InlineAnswer] = []
        self._person_ids = itertools.count(FIRST_PERSON_ID)
        self._group_ids = itertools.count(FIRST_GROUP_ID)

    def new_person(
        self, first_name: str, person_id: int | None, username: str | None, language_code: str | None
    ) -> Person:
        """Return a new person, known to Telegram; the bot may write to them once they wrote to it."""
        number = next(self._person_ids) if person_id is None else person_id
        assert number not in self.people, f"there is a person with id {number} already"
        person = Person(number, first_name, username, language_code, self.private_chat, self.ask_inline)
        self.people[number] = person
        return person

    def private_chat(self, person: Person) -> FakeChat:
        """Return the person's chat with the bot."""
        if person.id not in self.chats:
            chat_json: JsonObject = {"id": person.id, "type": "private", "first_name": person.first_name}
            if person.username:
                chat_json["username"] = person.username
            self._add_chat(chat_json).join([person])
        return self.chats[person.id]

    def new_group(
        self, title: str, members: Sequence[Person], admins: Sequence[Person], *, forum: bool, supergroup: bool
    ) -> FakeChat:
        """Return a new group with the bot in it; the first member owns it, the admins are members too."""
        number = next(self._group_ids)
        chat_json: JsonObject = {
            "id": SUPERGROUP_OFFSET - number if supergroup else -number,
            "type": "supergroup" if supergroup else "group",
            "title": title,
        }
        if forum:
            chat_json["is_forum"] = True
        chat = self._add_chat(chat_json)
        chat.started = True
        chat.join([*members, *admins])
        chat.admins = list(dict.fromkeys([*members[:1], *admins]))
        return chat

    def _add_chat(self, chat_json: JsonObject) -> FakeChat:
        chat = FakeChat(chat_json, self.bell, self.bot, self.queue, self.queries.new_id)
        self.chats[chat.id] = chat
        return chat

    def queue(self, update: JsonObject) -> int | None:
        """Queue an update as it is now, however the world changes later; a query in it may then be answered."""
        update = copy.deepcopy(update)
        self.queries.register(update)
        return self.updates.add(update)

    def ask_inline(self, person: Person, query: str, offset: str) -> str:
        """Queue an inline query and return its id."""
        query_id = self.queries.new_id()
        self.queue({"inline_query": {"id": query_id, "from": person.json, "query": query, "offset": offset}})
        return query_id

    def chat(self, chat_id: int | str) -> FakeChat:
        """Return the chat that the bot named. Raises ApiError where there is none, or the bot may not write there."""
        if isinstance(chat_id, str):
            chat_id = self._resolve(chat_id)
        if chat_id in self.people:
            chat = self.private_chat(self.people[chat_id])
            if not chat.started:
                raise forbidden("bot can't initiate conversation with a user")
        elif chat_id in self.chats:
            chat = self.chats[chat_id]
            if not chat.bot_present:
                raise forbidden(f"bot is not a member of the {chat.type} chat")
        else:
            raise bad_request("chat not found")
        return chat

    def _resolve(self, name: str) -> int:
        """Return the id that a string names; 0, which no chat has, where it names none (a bot cannot name people)."""
        if name.removeprefix("-").isdecimal():
            return int(name)
        named = (chat.id for chat in self.chats.values() if f"@{chat.json.get('username')}" == name)
        return next((number for number in named if number < 0), 0)
