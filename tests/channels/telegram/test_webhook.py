"""The webhook: who may post, what Telegram is told, and that nothing posted is lost or answered twice."""

import asyncio
import io
import json
import logging
import signal
import socket
import sqlite3
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, closing, contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

import aiohttp
import pytest

from bot.app import App
from bot.channels.telegram.channel import Access, TelegramChannel
from bot.channels.telegram.health import Address
from bot.channels.telegram.polling import ALLOWED
from bot.channels.telegram.webhook import Hook
from bot.errors import SettingsError
from bot.services.inbox import Inbox
from bot.settings import Settings, read_settings
from bot.storage import inbox
from bot.storage.database import Connection
from bot.storage.inbox import Batch, Taken
from tests.channels.telegram.conftest import make_channel
from tests.conftest import Clock
from tests.telegram import ApiError, Call, FakeChat, FakeTelegram, Person
from tests.test_cli import finished, one_line, parley, start

SECRET = "a-secret_of-the-hook"
MEBIBYTE = 1024 * 1024


def free_port() -> int:
    """Return a port that nobody listens on."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def listening(plain: TelegramChannel, app: App, clock: Clock, hook: Hook | None, listen: Address) -> TelegramChannel:
    """Return the same bot, not yet running, listening there."""
    access = replace(plain._access, hook=hook, listen=listen)
    parts = app.parts
    return TelegramChannel(access, plain._house, parts.catalogue, parts.ledger, parts.alarm, clock)


@asynccontextmanager
async def running(
    bot: TelegramChannel, telegram: FakeTelegram, *, ready: asyncio.Event | None = None
) -> AsyncIterator[None]:
    """Run the bot; it takes updates in when this returns, or is `ready`, and has stopped within 5 s at the end."""
    stop, before = asyncio.Event(), telegram.counts["getUpdates"] + telegram.counts["setWebhook"]
    task = asyncio.create_task(bot.run(stop))
    if ready:
        await asyncio.wait_for(ready.wait(), 5)
    else:
        assert await telegram.world.bell.until(
            lambda: telegram.counts["getUpdates"] + telegram.counts["setWebhook"] > before, 5
        )
    try:
        yield
    finally:
        stop.set()
        await asyncio.wait_for(task, 5)


@contextmanager
def broken_inbox(settings: Settings) -> Iterator[None]:
    """Take the inbox's table away, from outside, as a damaged disk would."""
    file = settings.database_url.removeprefix("sqlite+aiosqlite:///")
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("ALTER TABLE inbox RENAME TO gone")
        connection.commit()
        yield
        connection.execute("ALTER TABLE gone RENAME TO inbox")
        connection.commit()


@dataclass
class Poster:
    """Posts to the webhook as anybody could."""

    session: aiohttp.ClientSession
    url: str

    async def post(self, body: object, **headers: str | None) -> int:
        """Post it as Telegram would, but for the headers given; return the status. An answer never has words."""
        sent = {"content_type": "application/json", "x_telegram_bot_api_secret_token": SECRET, **headers}
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        async with self.session.post(
            self.url,
            data=io.BytesIO(data),
            headers={name.replace("_", "-"): value for name, value in sent.items() if value is not None},
            skip_auto_headers=["Content-Type"],
        ) as response:
            assert await response.read() == b"" or response.status == 413
            return response.status

    async def ask(self, method: str, path: str) -> int:
        """Return the status of any other request."""
        async with self.session.request(method, self.url.replace("/hook", path)) as response:
            return response.status


@pytest.fixture
async def poster() -> AsyncIterator[Poster]:
    """Return who posts to the hook; its address is free."""
    async with aiohttp.ClientSession() as session:
        yield Poster(session, f"http://127.0.0.1:{free_port()}/hook")


@pytest.fixture
def hooked(telegram: FakeTelegram, app: App, clock: Clock, poster: Poster) -> TelegramChannel:
    """Return the bot with a webhook, not yet running."""
    address = Address("127.0.0.1", int(poster.url.split(":")[2].partition("/")[0]))
    return listening(make_channel(telegram, app, clock), app, clock, Hook(poster.url, SECRET), address)


@pytest.fixture
async def hook(hooked: TelegramChannel, telegram: FakeTelegram) -> AsyncIterator[TelegramChannel]:
    """Run the bot with a webhook until the test ends."""
    async with running(hooked, telegram):
        yield hooked


@pytest.fixture
def reader(telegram: FakeTelegram, hook: TelegramChannel) -> FakeChat:
    """Return Ann's private chat with the running bot."""
    return telegram.person(first_name="Ann").private_chat()


async def test_what_telegram_delivers_is_answered(telegram: FakeTelegram, reader: FakeChat, poster: Poster) -> None:
    """The webhook is set with all that belongs to it, and nothing is polled for."""
    reader.send("/agreed")
    (answer,) = await reader.wait_for_messages()
    assert "blue News" in answer.text
    (call,) = telegram.calls_of("setWebhook")
    assert call.params == {
        "url": poster.url,
        "secret_token": SECRET,
        "allowed_updates": list(ALLOWED),
        "max_connections": 100,
    }
    assert telegram.calls_of("getUpdates") == []


async def test_a_chat_is_answered_in_order(reader: FakeChat) -> None:
    """Three questions at once are answered one after another, as they were asked."""
    for line in ("/brief", "/help", "/privacy"):
        reader.send(line)
    answers = await reader.wait_for_messages(3)
    assert [answer.text.split()[0] for answer in answers] == ["Russia\u2013Ukraine", "Ask", "What"]


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"x_telegram_bot_api_secret_token": None}, 403),
        ({"x_telegram_bot_api_secret_token": ""}, 403),
        ({"x_telegram_bot_api_secret_token": SECRET + "x"}, 403),
        ({"x_telegram_bot_api_secret_token": "gehe\u00efm"}, 403),
        ({"x_telegram_bot_api_secret_token": None, "content_type": "text/plain"}, 403),
        ({"content_type": None}, 415),
        ({"content_type": "text/plain"}, 415),
        ({"content_type": "application/json; charset=utf-8"}, 415),
        ({"content_type": "application/x-www-form-urlencoded"}, 415),
    ],
)
async def test_a_post_that_is_not_telegrams_is_refused(
    hook: TelegramChannel, app: App, poster: Poster, clock: Clock, headers: dict[str, str | None], status: int
) -> None:
    """Without the secret nobody learns anything; with it the content type must be exact. Nothing is taken in."""
    assert await poster.post({"update_id": 1}, **headers) == status
    assert await Inbox(app.database).take([Taken(1, "{}")], clock()) != ()


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("POST", "/", 404),
        ("POST", "/hook/", 404),
        ("POST", "/hook/more", 404),
        ("GET", "/", 404),
        ("GET", "/hook", 405),
        ("HEAD", "/hook", 405),
        ("PUT", "/hook", 405),
        ("POST", "/healthz", 405),
    ],
)
async def test_nothing_else_is_served(
    hook: TelegramChannel, poster: Poster, method: str, path: str, status: int
) -> None:
    """Other paths are not there, and other methods are not allowed."""
    assert await poster.ask(method, path) == status


async def test_a_body_has_its_limit(hook: TelegramChannel, poster: Poster) -> None:
    """A mebibyte is read, a byte more is refused; without the secret it is not even read."""
    assert await poster.post(b" " * MEBIBYTE) == 200
    assert await poster.post(b" " * (MEBIBYTE + 1)) == 413
    assert await poster.post(b" " * (MEBIBYTE + 1), x_telegram_bot_api_secret_token="wrong") == 403


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"\xff\xfe",
        b"[" * 100_000,
        b"null",
        b"[]",
        b"{}",
        b'{"update_id": "1"}',
        b'{"update_id": true}',
        b'{"update_id": 1.0}',
        b'{"update_id": -1}',
        b'{"update_id": 9223372036854775808}',
        b'{"update_id": ' + b"9" * 5000 + b"}",
    ],
)
async def test_what_is_no_update_does_not_come_again(
    hook: TelegramChannel, poster: Poster, caplog: pytest.LogCaptureFixture, body: bytes
) -> None:
    """It is answered with 200, for Telegram would repeat it for ever, and noted without what it said."""
    assert await poster.post(body) == 200
    (entry,) = [record for record in caplog.records if record.name.endswith("webhook") and record.levelname == "ERROR"]
    assert entry.getMessage() == f"A post with the secret was no update and was dropped ({len(body)} bytes)."


async def test_an_update_that_cannot_be_read_harms_no_other(
    telegram: FakeTelegram, reader: FakeChat, poster: Poster
) -> None:
    """A poisoned update is taken in and skipped, and not delivered again."""
    telegram.push({"message": {"message_id": "not a number", "chat": 7, "date": {}, "from": []}})
    assert await poster.post({"update_id": 900_000_000, "message": {"text": "\ud83d"}}) == 200
    reader.send("/help")
    (answer,) = await reader.wait_for_messages()
    assert answer.text.startswith("Ask in your own words")
    await telegram.idle()


async def test_half_a_post_is_noise(hook: TelegramChannel, poster: Poster, caplog: pytest.LogCaptureFixture) -> None:
    """Who hangs up, or speaks no HTTP, makes no entry in the log, and the next one is heard."""
    port = int(poster.url.split(":")[2].partition("/")[0])
    head = f"POST /hook HTTP/1.1\r\nHost: x\r\nX-Telegram-Bot-Api-Secret-Token: {SECRET}\r\n"
    for sent in (
        f"{head}Content-Type: application/json\r\nContent-Length: 100\r\n\r\nhalf",
        f"{head}Bad Header\r\n\r\n",
        "\x16\x03\x01\x02",
    ):
        _, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(sent.encode())
        await writer.drain()
        writer.close()
        await writer.wait_closed()
    assert await poster.post({"update_id": 1}) == 200
    assert [record for record in caplog.records if record.levelno >= logging.WARNING] == []
    assert SECRET not in caplog.text


async def test_only_what_is_durable_is_acknowledged(
    telegram: FakeTelegram, reader: FakeChat, settings: Settings
) -> None:
    """While the storage is broken Telegram is told 503; it delivers again, and the question is answered once."""
    with broken_inbox(settings):
        reader.send("/agreed")
        assert await telegram.world.bell.until(lambda: telegram.world.updates.webhook_fault is not None, 5)
        assert telegram.world.updates.webhook_fault is not None
        assert "503" in telegram.world.updates.webhook_fault[1]
        assert len(telegram.world.updates.pending) == 1
    (answer,) = await reader.wait_for_messages()
    assert "blue News" in answer.text
    await telegram.idle()
    reader.quiet()


async def test_an_update_that_comes_twice_is_answered_once(
    telegram: FakeTelegram, reader: FakeChat, poster: Poster
) -> None:
    """Posted again later or five times at one instant, it is acknowledged each time."""
    message = reader.send("/help")
    await reader.wait_for_messages()
    update = {"update_id": 900_000_000, "message": message}
    assert await asyncio.gather(*(poster.post(update) for _ in range(5))) == [200] * 5
    await reader.wait_for_messages()
    assert await poster.post(update) == 200
    reader.send("/privacy")
    (answer,) = await reader.wait_for_messages()
    assert answer.text.startswith("What is kept of you")
    reader.quiet()


async def test_posts_at_one_instant_share_a_transaction(
    hook: TelegramChannel, poster: Poster, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A hundred posts take far fewer commits."""
    groups: list[int] = []
    add = inbox.add

    async def counted(connection: Connection, batches: Sequence[Batch]) -> Sequence[tuple[Taken, ...]]:
        groups.append(len(batches))
        return await add(connection, batches)

    monkeypatch.setattr(inbox, "add", counted)
    assert await asyncio.gather(*(poster.post({"update_id": 1000 + number}) for number in range(100))) == [200] * 100
    assert sum(groups) == 100
    assert len(groups) < 50


async def test_what_waits_from_before_comes_first_and_once(
    telegram: FakeTelegram, hooked: TelegramChannel, app: App, clock: Clock, ann: Person
) -> None:
    """What an earlier process took in is answered, though Telegram delivers it again and more of its chat."""
    chat = ann.private_chat()
    message = chat.send("/brief")
    number = telegram.world.updates.pending[0][0]
    await Inbox(app.database).take([Taken(number, json.dumps({"update_id": number, "message": message}))], clock())
    chat.send("/help")
    async with running(hooked, telegram):
        answers = await chat.wait_for_messages(2)
        await telegram.idle()
        assert [answer.text.split()[0] for answer in answers] == ["Russia\u2013Ukraine", "Ask"]
        chat.quiet()


async def test_a_post_that_comes_too_early_waits_for_its_turn(
    telegram: FakeTelegram, hooked: TelegramChannel, app: App, clock: Clock, poster: Poster, ann: Person
) -> None:
    """Until what waits from before is in its lane nothing is taken in, or it would be taken for that as well."""
    asked, go_on = asyncio.Event(), asyncio.Event()

    async def hold(call: Call) -> None:
        if call.method == "getMe":
            asked.set()
            await go_on.wait()

    telegram.interceptors.append(hold)
    message = ann.private_chat().send("/help")
    async with running(hooked, telegram, ready=asked):
        posted = asyncio.create_task(poster.post({"update_id": 900_000_000, "message": message}))
        await asyncio.sleep(0.1)
        assert not posted.done()
        assert await Inbox(app.database).waiting() == ()
        go_on.set()
        assert await posted == 200
        await ann.private_chat().wait_for_messages(2)
        await telegram.idle()
    ann.private_chat().quiet()


async def test_a_post_under_way_is_finished_when_the_bot_stops(
    telegram: FakeTelegram, hooked: TelegramChannel, poster: Poster, ann: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is acknowledged and answered; nobody can connect any more."""
    taking, take = asyncio.Event(), Inbox.take

    async def slow(inbox: Inbox, updates: Sequence[Taken], now: datetime) -> tuple[Taken, ...]:
        taking.set()
        await asyncio.sleep(0.3)
        return await take(inbox, updates, now)

    chat = ann.private_chat()
    async with running(hooked, telegram):
        message = chat.send("/help")
        await chat.wait_for_messages()
        await telegram.idle()
        monkeypatch.setattr(Inbox, "take", slow)
        posted = asyncio.create_task(poster.post({"update_id": 900_000_000, "message": message}))
        await asyncio.wait_for(taking.wait(), 5)
    assert await posted == 200
    assert len(await chat.wait_for_messages()) == 1
    with pytest.raises(aiohttp.ClientConnectorError):
        await poster.post({"update_id": 900_000_001})


async def test_the_webhook_stays_when_the_bot_stops(
    telegram: FakeTelegram, hooked: TelegramChannel, app: App, clock: Clock, ann: Person
) -> None:
    """What is asked meanwhile is answered by the next process."""
    address = hooked._access.listen
    assert address is not None
    again = listening(make_channel(telegram, app, clock), app, clock, hooked._access.hook, address)
    async with running(hooked, telegram):
        pass
    assert telegram.world.updates.webhook_url
    assert telegram.calls_of("deleteWebhook") == telegram.calls_of("getUpdates") == []
    chat = ann.private_chat()
    chat.send("/help")
    async with running(again, telegram):
        (answer,) = await chat.wait_for_messages()
        assert answer.text.startswith("Ask in your own words")


async def test_a_wait_that_telegram_imposes_on_setting_it_is_kept(
    telegram: FakeTelegram, hooked: TelegramChannel, ann: Person
) -> None:
    """Several starts that follow each other closely meet 429."""
    waits = [ApiError(429, "Too Many Requests: retry after 1", parameters={"retry_after": 1}), ApiError(502, "Bad")]

    async def refuse(call: Call) -> None:
        if call.method == "setWebhook" and waits:
            raise waits.pop()

    telegram.interceptors.append(refuse)
    async with running(hooked, telegram):
        chat = ann.private_chat()
        chat.send("/help")
        await chat.wait_for_messages()
        assert len(telegram.calls_of("setWebhook")) == 3


async def test_an_address_that_telegram_refuses_is_one_clear_line(
    telegram: FakeTelegram, hooked: TelegramChannel, app: App, clock: Clock
) -> None:
    """The start ends with what Telegram said."""
    address = hooked._access.listen
    assert address is not None
    wrong = Hook("http://example.org/hook", SECRET)
    bot = listening(make_channel(telegram, app, clock), app, clock, wrong, address)
    with pytest.raises(SettingsError, match=r"^Telegram refuses PARLEY_WEBHOOK_URL \(.*an https url must be provided"):
        await bot.run(asyncio.Event())


@pytest.mark.parametrize(
    ("host", "said"),
    [
        ("127.0.0.1", "(address already in use)"),
        ("no-such-host.invalid", "(no such host here)"),
        ("192.0.2.1", "(cannot assign requested address)"),
        ("x" * 100, "(no address)"),
    ],
)
async def test_where_nothing_can_listen_is_one_clear_line(
    telegram: FakeTelegram, app: App, clock: Clock, host: str, said: str
) -> None:
    """A port in use or a host that is not this machine ends the start before Telegram hears of it."""
    with closing(socket.socket()) as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        bot = listening(make_channel(telegram, app, clock), app, clock, None, Address(host, port))
        with pytest.raises(SettingsError) as raised:
            await bot.run(asyncio.Event())
    assert said in str(raised.value)
    assert "PARLEY_WEBHOOK_LISTEN" in str(raised.value)
    assert "\n" not in str(raised.value)
    assert telegram.calls == []


def test_nothing_secret_is_shown() -> None:
    """Neither the access nor the hook shows the secret or the token."""
    hook = Hook("https://bot.example.org/hook", SECRET)
    shown = repr(hook) + repr(Access("123456789:TOKEN", "https://api.telegram.org", None, hook))
    assert SECRET not in shown
    assert "TOKEN" not in shown


URL = {"PARLEY_WEBHOOK_URL": "https://bot.example.org/hook"}
WITH_SECRET = {"PARLEY_WEBHOOK_SECRET": SECRET}


@pytest.mark.parametrize(
    ("environment", "said"),
    [
        (URL, "PARLEY_WEBHOOK_URL is set without PARLEY_WEBHOOK_SECRET: set both or neither"),
        (WITH_SECRET, "PARLEY_WEBHOOK_SECRET is set without PARLEY_WEBHOOK_URL: set both or neither"),
        (URL | {"PARLEY_WEBHOOK_SECRET": "not a secret!"}, "PARLEY_WEBHOOK_SECRET is wrong: take 1 to 256 of"),
        (URL | {"PARLEY_WEBHOOK_SECRET": "x" * 257}, "PARLEY_WEBHOOK_SECRET is wrong: take 1 to 256 of"),
        (WITH_SECRET | {"PARLEY_WEBHOOK_URL": "http://bot.example.org/hook"}, "Telegram delivers to https:// only"),
        (WITH_SECRET | {"PARLEY_WEBHOOK_URL": "https://bot.example.org:8080/hook"}, "443, 80, 88 and 8443 only"),
        (WITH_SECRET | {"PARLEY_WEBHOOK_URL": "https://bot.example.org:99999/hook"}, "PARLEY_WEBHOOK_URL is wrong"),
        (WITH_SECRET | {"PARLEY_WEBHOOK_URL": "https://ann:word@example.org/"}, "PARLEY_WEBHOOK_URL is wrong"),
        (WITH_SECRET | {"PARLEY_WEBHOOK_URL": "https://example.org/{x}"}, "PARLEY_WEBHOOK_URL is wrong"),
        (WITH_SECRET | {"PARLEY_WEBHOOK_URL": "https://example.org/healthz"}, "/healthz is the health page's"),
        ({"PARLEY_WEBHOOK_LISTEN": "8080"}, "PARLEY_WEBHOOK_LISTEN is wrong: write host:port"),
        ({"PARLEY_WEBHOOK_LISTEN": ":8080"}, "PARLEY_WEBHOOK_LISTEN is wrong: write host:port"),
        ({"PARLEY_WEBHOOK_LISTEN": "::1:8080"}, "PARLEY_WEBHOOK_LISTEN is wrong: write host:port"),
        ({"PARLEY_WEBHOOK_LISTEN": "localhost:0"}, "PARLEY_WEBHOOK_LISTEN is wrong: write host:port"),
        ({"PARLEY_WEBHOOK_LISTEN": "localhost:65536"}, "PARLEY_WEBHOOK_LISTEN is wrong: write host:port"),
    ],
)
def test_settings_that_do_not_fit_are_one_clear_line(
    monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], said: str
) -> None:
    """The line names the setting and what to do, and never the value."""
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as raised:
        read_settings()
    assert said in str(raised.value)
    assert str(raised.value).endswith(". See .env.example.")
    assert not any(value in str(raised.value) for value in environment.values() if len(value) > 5)


@pytest.mark.parametrize(
    ("environment", "listen"),
    [
        ({}, None),
        (URL | WITH_SECRET, ("127.0.0.1", 8080)),
        ({"PARLEY_WEBHOOK_URL": "", "PARLEY_WEBHOOK_LISTEN": "", "PARLEY_WEBHOOK_SECRET": ""}, None),
        (URL | WITH_SECRET | {"PARLEY_WEBHOOK_LISTEN": "0.0.0.0:443"}, ("0.0.0.0", 443)),  # noqa: S104 - only read
        ({"PARLEY_WEBHOOK_LISTEN": "[::1]:8080"}, ("::1", 8080)),
    ],
)
def test_where_to_listen(
    monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], listen: tuple[str, int] | None
) -> None:
    """By default on this machine where there is a webhook, and nowhere without one."""
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert read_settings().listen == listen


def test_wrong_combinations_end_the_start_with_two(tmp_path: Path) -> None:
    """`parley run` says it in one line."""
    line = one_line(parley(tmp_path, "run", **URL))
    assert line.startswith("parley: PARLEY_WEBHOOK_URL is set without PARLEY_WEBHOOK_SECRET")


async def test_the_real_process_with_a_webhook(house: Path) -> None:
    """`parley run` answers what is delivered, keeps its secrets out of the log, and stops within 5 s."""
    async with FakeTelegram() as telegram:
        listen = f"127.0.0.1:{free_port()}"
        chat = telegram.person(first_name="Ann").private_chat()
        chat.send("/agreed")
        process = await start(
            house,
            telegram,
            PARLEY_LOG_LEVEL="DEBUG",
            PARLEY_WEBHOOK_URL=f"http://{listen}/hook",
            PARLEY_WEBHOOK_LISTEN=listen,
            PARLEY_WEBHOOK_SECRET=SECRET,
        )
        (answer,) = await chat.wait_for_messages(timeout=30)
        assert "blue News" in answer.text
        await telegram.idle()
        async with aiohttp.ClientSession() as session, session.get(f"http://{listen}/healthz") as response:
            assert response.status == 200
        process.send_signal(signal.SIGTERM)
        log = await finished(process, 5)
        assert process.returncode == 0
        assert telegram.token.partition(":")[2] not in log
        assert SECRET not in log
        assert "Traceback" not in log
        assert telegram.world.updates.webhook_url
        assert telegram.refusals == []


async def test_a_question_posted_is_answered_even_after_sigkill(house: Path) -> None:
    """Killed before it could send, the next start answers what the inbox holds, once."""
    async with FakeTelegram() as telegram:
        reached = asyncio.Event()

        async def hold(call: Call) -> None:
            if call.method == "sendMessage" and not reached.is_set():
                reached.set()
                await asyncio.Event().wait()

        telegram.interceptors.append(hold)
        listen = f"127.0.0.1:{free_port()}"
        hook = {
            "PARLEY_WEBHOOK_URL": f"http://{listen}/hook",
            "PARLEY_WEBHOOK_LISTEN": listen,
            "PARLEY_WEBHOOK_SECRET": SECRET,
        }
        chat = telegram.person(first_name="Ann").private_chat()
        chat.send("/agreed")
        first = await start(house, telegram, **hook)
        await asyncio.wait_for(reached.wait(), 30)
        first.kill()
        await first.wait()
        second = await start(house, telegram, **hook)
        (answer,) = await chat.wait_for_messages(timeout=30)
        assert "blue News" in answer.text
        second.send_signal(signal.SIGTERM)
        await finished(second, 5)
        chat.quiet()
