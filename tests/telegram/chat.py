"""FakeChat: a chat as the people in it use it: they write, edit, press buttons, and decide whether the bot may stay."""

import time
from collections.abc import Callable
from typing import overload

from tests.telegram.bell import Bell
from tests.telegram.detect import find_entities
from tests.telegram.files import FileStore, StoredFile
from tests.telegram.payload import Json, JsonObject
from tests.telegram.people import Person
from tests.telegram.standing import Status, member_json, rights_in, standing_update
from tests.telegram.textual import Formatted
from tests.telegram.watching import MessageRef, WatchedRoom


class FakeChat(WatchedRoom):
    """A private chat, a group or a channel. In a private chat and in a channel the person need not be named."""

    def __init__(
        self,
        chat_json: JsonObject,
        bell: Bell,
        bot: JsonObject,
        files: FileStore,
        queue: Callable[[JsonObject], int | None],
        new_query_id: Callable[[], str],
    ) -> None:
        super().__init__(chat_json, bell, bot)
        self._files = files
        self._queue = queue
        self._new_query_id = new_query_id

    # --- what people write ----------------------------------------------------------------------------------------

    @overload
    def send(
        self,
        person: Person,
        text: str,
        /,
        *,
        reply_to: MessageRef | None = None,
        thread: int | None = None,
        **extra: Json,
    ) -> JsonObject: ...
    @overload
    def send(
        self, text: str, /, *, reply_to: MessageRef | None = None, thread: int | None = None, **extra: Json
    ) -> JsonObject: ...
    def send(
        self,
        person: Person | str,
        text: str | None = None,
        /,
        *,
        reply_to: MessageRef | None = None,
        thread: int | None = None,
        **extra: Json,
    ) -> JsonObject:
        """Write a message and return it as Telegram gives it to the bot; `extra` fields are added to it as they are."""
        if isinstance(person, str):
            return self._say(self._only_person(), person, None, reply_to, thread, extra)
        assert text is not None, "a person sends a text"
        return self._say(person, text, None, reply_to, thread, extra)

    @overload
    def send_document(
        self,
        person: Person,
        filename: str,
        data: bytes,
        /,
        *,
        caption: str | None = None,
        mime_type: str | None = None,
        reply_to: MessageRef | None = None,
        thread: int | None = None,
    ) -> JsonObject: ...
    @overload
    def send_document(
        self,
        filename: str,
        data: bytes,
        /,
        *,
        caption: str | None = None,
        mime_type: str | None = None,
        reply_to: MessageRef | None = None,
        thread: int | None = None,
    ) -> JsonObject: ...
    def send_document(
        self,
        person: Person | str,
        filename: str | bytes,
        data: bytes | None = None,
        /,
        *,
        caption: str | None = None,
        mime_type: str | None = None,
        reply_to: MessageRef | None = None,
        thread: int | None = None,
    ) -> JsonObject:
        """Send a file and return the message as the bot gets it. The MIME type is guessed where it is not given."""
        author = self._only_person() if isinstance(person, str) else person
        name, content = (person, filename) if isinstance(person, str) else (filename, data)
        assert isinstance(name, str), "a document has a file name"
        assert isinstance(content, bytes), "a document has its content as bytes"
        file = self._files.add("document", content, name, mime_type)
        return self._say(author, caption or "", file, reply_to, thread, {})

    def edit(self, message: MessageRef, text: str) -> JsonObject:
        """Let its author change the text or caption of a person's message; return the message as the bot gets it."""
        stored = self._message(message)
        assert not stored.from_bot, "a person edits their own messages, not the bot's"
        stored.show_text(Formatted(text, tuple(find_entities(text))), text)
        stored.json["edit_date"] = int(time.time())
        stored.edits += 1
        self._queue({f"edited_{self._post}": stored.json})
        return stored.json

    def _say(
        self,
        person: Person | None,
        text: str,
        file: StoredFile | None,
        reply_to: MessageRef | None,
        thread: int | None,
        extra: JsonObject,
    ) -> JsonObject:
        self._check_may_write(person, thread)
        target = self._message(reply_to) if reply_to is not None else None
        content = Formatted(text, tuple(find_entities(text)))
        sender = person.json if person else self.json
        message = self.store(sender, content, text, thread_id=thread, reply_to=target, file=file)
        message.json |= extra
        self.started = True
        self._queue({self._post: message.json})
        return message.json

    @property
    def _post(self) -> str:
        return "channel_post" if self.type == "channel" else "message"

    def _only_person(self) -> Person | None:
        if self.type == "channel":
            return None
        assert self.is_private, "in a group, say which person it is"
        (person,) = self.members.values()
        return person

    def _check_may_write(self, person: Person | None, thread: int | None) -> None:
        assert self.migrated_to is None, "the group is a supergroup now: write there"
        if person is not None:
            writers = self.admins if self.type == "channel" else self.members.values()
            assert person in writers, f"{person.first_name} may not write in chat {self.id}"
            self._check_can_reach_bot(person)
        assert thread is None or thread in self.topics, f"there is no topic {thread} in chat {self.id}"

    def _check_can_reach_bot(self, person: Person) -> None:
        if self.is_private:
            assert not self.deactivated, f"{person.first_name}'s account is deactivated"
            assert self.bot_present, f"{person.first_name} has blocked the bot: unblock() first"

    # --- what people press ----------------------------------------------------------------------------------------

    def press(
        self, message: MessageRef, *, label: str | None = None, data: str | None = None, by: Person | None = None
    ) -> str:
        """Press a button that the bot's message has now, found by label or data; return the callback query's id."""
        seen = self._bot_message(message).as_seen(self.id)
        return self.press_data(message, seen.data_of(label, data), by=by)

    def press_data(self, message: MessageRef, data: str, *, by: Person | None = None) -> str:
        """Send a callback query with any data, as a forged or outdated client may; return its id."""
        person = by or self._only_person()
        assert person is not None, "in a channel, say which person it is"
        self._check_can_reach_bot(person)
        query_id = self._new_query_id()
        query: JsonObject = {
            "id": query_id,
            "from": person.json,
            "message": self._bot_message(message).json,
            "chat_instance": str(abs(self.id) * 7919),
            "data": data,
        }
        self._queue({"callback_query": query})
        return query_id

    # --- whether the bot may stay ---------------------------------------------------------------------------------

    def add_bot(self, by: Person | None = None) -> None:
        """Bring the bot (back) into a group, as a plain member."""
        assert not self.is_private, "a private chat has the bot in it; person.unblock() it"
        assert self.type != "channel", "a bot is in a channel as an administrator: promote_bot"
        self.change_standing("member", self._actor(by))
        self.announce(by, {"new_chat_members": [self.bot]})

    def kick_bot(self, by: Person | None = None) -> None:
        """Throw the bot out of a group or channel: from now on every call about it is refused."""
        assert not self.is_private, "a person blocks the bot: person.block()"
        self.change_standing("kicked", self._actor(by))

    def promote_bot(self, by: Person | None = None, **rights: bool) -> None:
        """Make the bot an administrator with every right but those given as False."""
        known = rights_in(self.type)
        assert not (unknown := set(rights) - set(known)), f"there is no right {unknown}"
        self.change_standing("administrator", self._actor(by), {name: rights.get(name, True) for name in known})

    def demote_bot(self, by: Person | None = None) -> None:
        """Make the bot a plain member of a group again."""
        assert self.type != "channel", "a bot is in a channel as an administrator only"
        self.change_standing("member", self._actor(by))

    def change_standing(self, status: Status, by: JsonObject, rights: dict[str, bool] | None = None) -> None:
        """Set what the bot is here and tell it, unless it is that already."""
        old = self.bot_member()
        self.bot_status, self.bot_rights = status, rights or {}
        new = self.bot_member()
        if new != old:
            self._queue(standing_update(self, by, old, new))
            self.bell.ring()

    def bot_member(self) -> JsonObject:
        """Return the ChatMember object of the bot."""
        return member_json(self.bot, self.bot_status, self.bot_rights)

    def announce(self, by: Person | None, fields: JsonObject) -> None:
        """Tell the bot of something that happened to the chat, in a service message."""
        self._queue({"message": self.store_service(self._actor(by), fields).json})

    def _actor(self, by: Person | None) -> JsonObject:
        """Return the user who did it: the person named, else an administrator, else whoever is there."""
        people = [by] if by else [*self.admins, *self.members.values()]
        assert people, f"somebody must do it: chat {self.id} has no members"
        return people[0].json
