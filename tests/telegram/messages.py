"""A message as the server keeps it, and BotMessage: what a person sees of one that the bot sent."""

from dataclasses import dataclass

from tests.telegram.files import StoredFile
from tests.telegram.markup import Entity
from tests.telegram.payload import Json, JsonObject, as_list, as_object
from tests.telegram.textual import Formatted


@dataclass(frozen=True, slots=True)
class Button:
    """A button under a message; neither data nor url on the keys of a reply keyboard and on other kinds of button."""

    label: str
    data: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class BotMessage:
    """A bot's message as it now stands in a chat. For a photo or a document, text is its caption."""

    message_id: int
    chat_id: int
    text: str
    html: str
    entities: tuple[Entity, ...]
    keyboard: tuple[tuple[Button, ...], ...]
    thread_id: int | None
    reply_to: int | None
    edits: int
    photo: bytes | None = None
    document: bytes | None = None
    file_name: str | None = None

    @property
    def buttons(self) -> tuple[Button, ...]:
        """Every button, row after row."""
        return tuple(button for row in self.keyboard for button in row)

    @property
    def labels(self) -> list[str]:
        """Every button's label, row after row."""
        return [button.label for button in self.buttons]

    def data_of(self, label: str | None, data: str | None) -> str:
        """Return the callback data of the button that has this label or data. Raises AssertionError if none has."""
        assert (label is None) != (data is None), "name the button by its label or by its data"
        for button in self.buttons:
            if button.data is not None and (button.label == label if data is None else button.data == data):
                return button.data
        available = [f"{button.label!r} ({button.data or button.url})" for button in self.buttons]
        wanted = repr(label) if data is None else f"with data {data!r}"
        raise AssertionError(f"no button {wanted} to press; there are: {', '.join(available) or 'none'}")


@dataclass(slots=True)
class StoredMessage:
    """A message in a chat: `json` is the Message object that the Bot API gives."""

    message_id: int
    json: JsonObject
    from_bot: bool
    content: Formatted
    source: str = ""
    markup: JsonObject | None = None
    thread_id: int | None = None
    reply_to: int | None = None
    edits: int = 0
    seen_edits: int = 0
    file: StoredFile | None = None

    def show_text(self, content: Formatted, source: str) -> None:
        """Set what the message says, in its text or, where it is a file, its caption."""
        self.content, self.source = content, source
        name, entities = ("caption", "caption_entities") if self.file else ("text", "entities")
        self.json[name] = content.text
        self.json.pop(entities, None)
        if content.entities:
            self.json[entities] = content.entities_json()

    def show_markup(self, markup: JsonObject | None) -> None:
        """Set the markup; the Bot API gives back inline keyboards only."""
        self.markup = markup or None
        self.json.pop("reply_markup", None)
        if markup and markup.get("inline_keyboard"):
            self.json["reply_markup"] = {"inline_keyboard": markup["inline_keyboard"]}

    @property
    def inline_keyboard(self) -> Json:
        """The rows of the inline keyboard, empty where there is none."""
        return as_object(self.json.get("reply_markup", {})).get("inline_keyboard", [])

    def as_seen(self, chat_id: int) -> BotMessage:
        """Return the message as a person sees it now."""
        file = self.file
        return BotMessage(
            message_id=self.message_id,
            chat_id=chat_id,
            text=self.content.text,
            html=self.source,
            entities=self.content.entities,
            keyboard=_rows(self.markup or {}),
            thread_id=self.thread_id,
            reply_to=self.reply_to,
            edits=self.edits,
            photo=file.content if file and file.kind == "photo" else None,
            document=file.content if file and file.kind == "document" else None,
            file_name=file.name if file else None,
        )


def _rows(markup: JsonObject) -> tuple[tuple[Button, ...], ...]:
    rows = as_list(markup.get("inline_keyboard") or markup.get("keyboard") or [])
    return tuple(tuple(_button(as_object(button)) for button in as_list(row)) for row in rows)


def _button(button: JsonObject) -> Button:
    data, url = button.get("callback_data"), button.get("url")
    return Button(str(button["text"]), data if isinstance(data, str) else None, url if isinstance(url, str) else None)
