"""Documents, both ways: what people send and the bot fetches, what the bot sends and people see."""

import aiohttp
import pytest
import telegram as ptb

from tests.telegram import FakeChat, FakeTelegram, Person
from tests.telegram.client import Client
from tests.telegram.files import LARGEST_DOWNLOAD


async def _download(bot: Client, path: str, token: str | None = None) -> tuple[int, bytes]:
    address = f"{bot.telegram.url}/file/bot{token or bot.telegram.token}/{path}"
    async with bot.session.get(address) as response:
        return response.status, await response.read()


async def test_a_document_of_a_reader_can_be_fetched(bot: Client, chat: FakeChat) -> None:
    """The message names the file, getFile its path, and the path its bytes."""
    sent = chat.send_document("agreement.yaml", b"slug: truce\n", caption="new", mime_type="application/yaml")
    (_, update) = await bot.result("getUpdates")
    assert update["message"] == sent
    document = update["message"]["document"]
    assert (document["file_name"], document["mime_type"], document["file_size"]) == (
        "agreement.yaml",
        "application/yaml",
        12,
    )
    assert (update["message"]["caption"], "text" in update["message"]) == ("new", False)
    path = (await bot.result("getFile", file_id=document["file_id"]))["file_path"]
    assert await _download(bot, path) == (200, b"slug: truce\n")
    assert (await _download(bot, path, token="1:other"))[0] == 401
    assert (await _download(bot, "documents/none"))[0] == 404


async def test_a_file_is_fetched_only_after_get_file(bot: Client, chat: FakeChat) -> None:
    """A path that nobody was given leads nowhere."""
    chat.send_document("notes.txt", b"x")
    assert (await _download(bot, "documents/file_1.txt"))[0] == 404


async def test_a_file_of_more_than_twenty_megabytes_is_too_big(bot: Client, chat: FakeChat) -> None:
    """It is refused by getFile; the message itself arrives."""
    largest = chat.send_document("a.bin", bytes(LARGEST_DOWNLOAD))["document"]
    larger = chat.send_document("b.bin", bytes(LARGEST_DOWNLOAD + 1))["document"]
    assert isinstance(largest, dict)
    assert isinstance(larger, dict)
    await bot.result("getFile", file_id=largest["file_id"])
    assert await bot.error("getFile", file_id=larger["file_id"]) == "Bad Request: file is too big"
    assert await bot.error("getFile", file_id="nonsense") == "Bad Request: invalid file_id"


async def test_a_member_of_a_group_sends_a_document(telegram: FakeTelegram, bot: Client, ann: Person) -> None:
    """In a group the person is named; the MIME type is guessed from the name."""
    group = telegram.group("Desk", [ann])
    group.send_document(ann, "export.zip", b"PK")
    (update,) = await bot.result("getUpdates")
    assert update["message"]["document"]["mime_type"] == "application/zip"
    assert update["message"]["from"]["id"] == ann.id


async def test_the_bot_sends_a_document(bot: Client, chat: FakeChat) -> None:
    """An upload keeps its name and bytes, its caption parses like a text, and its id sends it again."""
    form = aiohttp.FormData({"chat_id": str(chat.id), "caption": "<b>Export</b>", "parse_mode": "HTML"})
    form.add_field("document", b"PK\x03\x04", filename="export.zip", content_type="application/zip")
    async with bot.session.post(bot.address("sendDocument"), data=form) as response:
        sent = (await response.json())["result"]
    (message,) = await chat.wait_for_messages()
    assert (message.text, message.document, message.file_name) == ("Export", b"PK\x03\x04", "export.zip")
    again = await bot.result("sendDocument", chat_id=chat.id, document=sent["document"]["file_id"])
    assert again["document"] == sent["document"]
    assert await bot.error("sendPhoto", chat_id=chat.id, photo=sent["document"]["file_id"]) == (
        "Bad Request: wrong remote file identifier specified: Wrong string length"
    )


@pytest.mark.parametrize(
    ("params", "words"),
    [
        ({}, "there is no document in the request"),
        ({"document": "attach://nowhere"}, "file not found: wrong attached file name"),
    ],
)
async def test_a_document_must_be_there(
    telegram: FakeTelegram, bot: Client, chat: FakeChat, params: dict[str, str], words: str
) -> None:
    """A request without its file is malformed."""
    async with bot.session.post(bot.address("sendDocument"), data={"chat_id": str(chat.id), **params}) as response:
        assert words in (await response.json())["description"]
    assert len(telegram.refusals) == 1


async def test_python_telegram_bot_moves_documents_both_ways(telegram: FakeTelegram, chat: FakeChat) -> None:
    """The library uploads and downloads without a single refusal."""
    sent = chat.send_document("notes.txt", b"hello")
    assert isinstance(sent["document"], dict)
    root = telegram.url
    async with ptb.Bot(telegram.token, base_url=f"{root}/bot", base_file_url=f"{root}/file/bot") as bot:
        file = await bot.get_file(str(sent["document"]["file_id"]))
        assert bytes(await file.download_as_bytearray()) == b"hello"
        await bot.send_document(chat.id, b"bye", filename="bye.txt")
    (message,) = await chat.wait_for_messages()
    assert (message.document, message.file_name) == (b"bye", "bye.txt")
    assert telegram.refusals == []
