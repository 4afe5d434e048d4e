"""Everything the server remembers: handlers change it for the bot; people, chats and tests from the other side."""

import copy
import itertools
from collections.abc import Sequence

from tests.telegram.bell import Bell
from tests.telegram.chat import FakeChat
from tests.telegram.errors import bad_request
from tests.telegram.files import FileStore
from tests.telegram.inline import InlineMessages
from tests.telegram.payload import JsonObject
from tests.telegram.people import Person
from tests.telegram.profile import Profile
from tests.telegram.queries import CallbackAnswer, InlineAnswer, OpenQueries
from tests.telegram.standing import rights_in, why_closed
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
        self.updates = UpdateQueue(Bell(self.bell))
        self.queries = OpenQueries()
        self.profile = Profile()
        self.files = FileStore()
        self.inline = InlineMessages(self.bell)
        self.people: dict[int, Person] = {}
        self.chats: dict[int, FakeChat] = {}
        self.answered_callbacks: list[CallbackAnswer] = []
        self.inline_answers: list[InlineAnswer] = []
        self._person_ids = itertools.count(FIRST_PERSON_ID)
        self._group_ids = itertools.count(FIRST_GROUP_ID)

    # --- people and chats -----------------------------------------------------------------------------------------

    def new_person(
        self, first_name: str, person_id: int | None, username: str | None, language_code: str | None
    ) -> Person:
        """Return a new person, known to Telegram; the bot may write to them once they wrote to it."""
        number = next(self._person_ids) if person_id is None else person_id
        assert number not in self.people, f"there is a person with id {number} already"
        person = Person(number, first_name, username, language_code, self)
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

    def new_channel(self, title: str, username: str | None, admins: Sequence[Person]) -> FakeChat:
        """Return a new channel with the bot as an administrator of every right; the first admin owns it."""
        chat_json: JsonObject = {
            "id": SUPERGROUP_OFFSET - next(self._group_ids),
            "type": "channel",
            "title": title,
        }
        if username:
            chat_json["username"] = username
        chat = self._add_chat(chat_json)
        chat.started = True
        chat.join(admins)
        chat.admins = list(admins)
        chat.bot_status, chat.bot_rights = "administrator", dict.fromkeys(rights_in("channel"), True)
        return chat

    def migrate(self, group: FakeChat) -> FakeChat:
        """Turn a basic group into a supergroup, which has an id and messages of its own, and tell the bot of it."""
        assert group.type == "group", f"chat {group.id} is a {group.type}, not a basic group"
        assert group.migrated_to is None, f"chat {group.id} is migrated already"
        number = SUPERGROUP_OFFSET - next(self._group_ids)
        chat = self._add_chat(group.json | {"id": number, "type": "supergroup"})
        chat.started = True
        chat.members, chat.admins = dict(group.members), list(group.admins)
        chat.bot_status, chat.bot_rights = group.bot_status, dict(group.bot_rights)
        group.announce(None, {"migrate_to_chat_id": chat.id})
        chat.announce(None, {"migrate_from_chat_id": group.id})
        group.migrated_to = chat.id
        return chat

    def chat(self, chat_id: int | str) -> FakeChat:
        """Return the chat that the bot named. Raises ApiError where there is none, or the bot may not reach it."""
        number = self.resolve(chat_id)
        if number in self.people:
            chat = self.private_chat(self.people[number])
        elif number in self.chats:
            chat = self.chats[number]
        else:
            raise bad_request("chat not found")
        if error := why_closed(chat):
            raise error
        return chat

    def resolve(self, chat_id: int | str) -> int:
        """Return the id that a chat_id names; 0, which no chat has, where it names none (a bot cannot name people)."""
        if isinstance(chat_id, int):
            return chat_id
        if chat_id.removeprefix("-").isdecimal():
            return int(chat_id)
        named = (chat.id for chat in self.chats.values() if f"@{chat.json.get('username')}" == chat_id)
        return next((number for number in named if number < 0), 0)

    def _add_chat(self, chat_json: JsonObject) -> FakeChat:
        chat = FakeChat(chat_json, Bell(self.bell), self.bot, self.files, self.queue, self.queries.new_id)
        self.chats[chat.id] = chat
        return chat

    # --- what happens ---------------------------------------------------------------------------------------------

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

    def choose_inline(self, person: Person, query_id: str, result_id: str) -> str:
        """Send a result of an answered inline query, queue chosen_inline_result, and return the inline message's id."""
        answer = next((answer for answer in self.inline_answers if answer.query_id == query_id), None)
        assert answer is not None, f"the bot has not answered inline query {query_id}"
        assert answer.person_id == person.id, f"inline query {query_id} is not {person.first_name}'s"
        inline_id = self.inline.add(answer.result(result_id))
        chosen: JsonObject = {"result_id": result_id, "from": person.json, "query": answer.query}
        if self.inline.find(inline_id).inline_keyboard:
            chosen["inline_message_id"] = inline_id
        self.queue({"chosen_inline_result": chosen})
        return inline_id

    def press_inline(self, person: Person, inline_id: str, label: str | None, data: str | None) -> str:
        """Queue the press of a button under an inline message, and return the callback query's id."""
        query_id = self.queries.new_id()
        query: JsonObject = {
            "id": query_id,
            "from": person.json,
            "inline_message_id": inline_id,
            "chat_instance": str(person.id * 7919),
            "data": self.inline.seen(inline_id).data_of(label, data),
        }
        self.queue({"callback_query": query})
        return query_id
