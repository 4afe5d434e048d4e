"""FakeTelegram: the HTTP server, and what a test drives it with."""

import asyncio
import contextlib
import json
import time
from collections import Counter
from collections.abc import Callable, Sequence
from types import TracebackType
from typing import Self

from aiohttp import web

from tests.telegram.chat import FakeChat
from tests.telegram.dispatch import Call, Dispatcher, Interceptor, Refusal
from tests.telegram.errors import ApiError
from tests.telegram.flood import FloodControl
from tests.telegram.messages import BotMessage
from tests.telegram.payload import JsonObject, as_str
from tests.telegram.people import Person
from tests.telegram.profile import scope_key, scopes_for
from tests.telegram.queries import CallbackAnswer, InlineAnswer
from tests.telegram.rival import SecondPoller
from tests.telegram.trouble import Trouble, TroubleKind, meet
from tests.telegram.webhook import WebhookDelivery
from tests.telegram.wire import RawRequest, read_request
from tests.telegram.world import World

# The bot id and the secret of the one bot there is.
DEFAULT_CREDENTIALS = "123456789:TEST-TOKEN"
LARGEST_REQUEST = 50 * 1024 * 1024
_ENCODE = json.JSONEncoder(ensure_ascii=False).encode


class FakeTelegram:
    """A Telegram of its own on 127.0.0.1, for as long as the `async with` lasts.

    `strict_spec=False` leaves out the check against the whole specification, for tests under load. `trouble` may be
    replaced at any time, by Trouble(rate=0) to have none.
    """

    def __init__(
        self,
        token: str = DEFAULT_CREDENTIALS,
        *,
        port: int = 0,
        bot_username: str = "parley_test_bot",
        strict_spec: bool = True,
        trouble: Trouble | None = None,
    ) -> None:
        self.token = token
        self.url = ""
        self.world = World(int(token.partition(":")[0]), bot_username)
        self.webhook = WebhookDelivery(self.world.updates)
        self.trouble = trouble or Trouble(rate=0)
        self._dispatcher = Dispatcher(self.world, strict_spec=strict_spec)
        self._port = port
        self._runner: web.AppRunner | None = None
        self._delivery: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        application = web.Application(client_max_size=LARGEST_REQUEST)
        application.router.add_route("*", "/{path:.*}", self._answer)
        # A handler whose client hung up is cancelled: a poll nobody waits for must not outlive its bot.
        self._runner = web.AppRunner(application, handler_cancellation=True, shutdown_timeout=1, access_log=None)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", self._port).start()
        _, port = self._runner.addresses[0][:2]
        self.url = f"http://127.0.0.1:{port}"
        self._delivery = asyncio.create_task(self.webhook.run())
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.world.updates.close()
        if self._delivery is not None:
            self._delivery.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._delivery
        if self._runner is not None:
            await self._runner.cleanup()

    def person(
        self,
        first_name: str = "Ann",
        id: int | None = None,  # noqa: A002 - Telegram's own name for it
        username: str | None = None,
        language_code: str | None = "en",
    ) -> Person:
        """Return a new person, who never wrote to the bot so far."""
        return self.world.new_person(first_name, id, username, language_code)

    def group(
        self,
        title: str,
        members: Sequence[Person] = (),
        *,
        admins: Sequence[Person] = (),
        forum: bool = False,
        supergroup: bool = True,
    ) -> FakeChat:
        """Return a new group with the bot as a plain member, owned by the first member."""
        return self.world.new_group(title, members, admins, forum=forum, supergroup=supergroup)

    def topic(self, chat: FakeChat, name: str) -> int:
        """Open a topic in a forum and return its thread id."""
        return chat.new_topic(name)

    def channel(self, title: str, *, username: str | None = None, admins: Sequence[Person] = ()) -> FakeChat:
        """Return a new channel with the bot as an administrator of every right, owned by the first admin."""
        return self.world.new_channel(title, username, admins)

    def migrate(self, group: FakeChat) -> FakeChat:
        """Turn a basic group into a supergroup and return that; from now on the bot is refused under the old id."""
        return self.world.migrate(group)

    def deactivate(self, person: Person) -> None:
        """Delete the person's account. The bot learns of it only when it writes to them."""
        person.private_chat().deactivated = True

    def inline_message(self, inline_message_id: str) -> BotMessage:
        """Return a message sent through inline mode, as people see it now."""
        return self.world.inline.seen(inline_message_id)

    async def wait_for_inline_edit(self, inline_message_id: str, timeout: float = 10) -> BotMessage:
        """Return the inline message once it has an edit not returned before. Raises AssertionError else."""
        return await self.world.inline.wait_for_edit(inline_message_id, timeout)

    def push(self, raw_update: JsonObject) -> int:
        """Queue any update, true or hostile, exactly as given; return its id (one is added where it has none)."""
        self.world.queries.register(raw_update)
        return self.world.updates.add_raw(raw_update)

    # --- what goes wrong ------------------------------------------------------------------------------------------

    def limit_floods(
        self,
        *,
        burst: int = 1,
        group_per_minute: int = 20,
        overall_per_second: int = 30,
        paid_per_second: int = 1000,
        leeway: float = 0.05,
        clock: Callable[[], float] = time.monotonic,
    ) -> FloodControl:
        """Switch flood control on and return it, for what it refused."""
        flood = FloodControl(
            self.world.resolve,
            burst=burst,
            group_per_minute=group_per_minute,
            overall_per_second=overall_per_second,
            paid_per_second=paid_per_second,
            leeway=leeway,
            clock=clock,
        )
        self.interceptors.append(flood)
        return flood

    def fail_next(self, method: str, kind: TroubleKind, times: int = 1) -> None:
        """Let the next calls of a method meet server trouble of that kind."""
        self.trouble.plan(method, kind, times)

    def second_poller(
        self, *, seconds: float | None = None, calls: int | None = None, clock: Callable[[], float] = time.monotonic
    ) -> SecondPoller:
        """Let another process poll: getUpdates is a conflict for so long, or so often, or until its `stop()`."""
        rival = SecondPoller(seconds=seconds, calls=calls, clock=clock)
        self.world.updates.bring_rival(rival)
        return rival

    # --- what the bot did -----------------------------------------------------------------------------------------

    @property
    def calls(self) -> list[Call]:
        """Every call the bot made, in the order they came, with the token right."""
        return self._dispatcher.calls

    def calls_of(self, method: str) -> list[Call]:
        """Return the calls of one method."""
        return [call for call in self.calls if call.method == method]

    @property
    def counts(self) -> Counter[str]:
        """How many calls of each method there were; the cheap way to ask while a hundred thousand come in."""
        return self._dispatcher.counts

    @property
    def refusals(self) -> list[Refusal]:
        """Every malformed request; a good bot leaves this empty."""
        return self._dispatcher.refusals

    @property
    def interceptors(self) -> list[Interceptor]:
        """What sees each call before it is carried out, and may fail it; append your own."""
        return self._dispatcher.interceptors

    @property
    def answered_callbacks(self) -> list[CallbackAnswer]:
        """Every answer to a press of a button."""
        return self.world.answered_callbacks

    @property
    def inline_answers(self) -> list[InlineAnswer]:
        """Every answer to an inline query."""
        return self.world.inline_answers

    def commands(
        self, scope: str = "default", language_code: str = "", *, chat_id: int | None = None, user_id: int | None = None
    ) -> dict[str, str]:
        """Return the descriptions of the commands set for exactly this scope, by command."""
        identifiers: JsonObject = {"chat_id": chat_id, "user_id": user_id}
        given = {name: value for name, value in identifiers.items() if value is not None}
        commands = self.world.profile.commands.get(scope_key({"type": scope, **given}, language_code), [])
        return {as_str(command["command"]): as_str(command["description"]) for command in commands}

    def menu(self, person: Person, chat: FakeChat | None = None) -> dict[str, str]:
        """Return the commands that a person's app offers in a chat (else the private one), by Telegram's order."""
        chat = chat or person.private_chat()
        scopes = scopes_for(chat.id, person.id, private=chat.is_private, administrator=person in chat.admins)
        commands = self.world.profile.menu(scopes, person.language_code or "")
        return {as_str(command["command"]): as_str(command["description"]) for command in commands}

    def about(self, what: str, language_code: str = "") -> str:
        """Return the bot's "name", "description" or "short_description", empty where it is not set."""
        return self.world.profile.texts.get((what, language_code), "")

    async def idle(self, timeout: float = 10) -> None:
        """Return once every update is confirmed and no call is under way. Raises AssertionError when time is up."""
        updates, dispatcher = self.world.updates, self._dispatcher
        if not await self.world.bell.until(lambda: not updates.pending and not dispatcher.busy, timeout):
            raise AssertionError(
                f"not idle within {timeout} s: not confirmed: {updates.pending}; under way: {dispatcher.busy}"
            )

    async def _answer(self, request: web.Request) -> web.Response:
        """Answer any request to the server."""
        prefix, _, method = request.path.lstrip("/").partition("/")
        if prefix == "file":
            return self._download(method)
        if not prefix.startswith("bot") or not method:
            return _refuse(404, "Not Found")
        if prefix != f"bot{self.token}":
            return _refuse(401, "Unauthorized")
        try:
            raw = await read_request(request)
        except ApiError as error:
            self._dispatcher.refuse(method, {}, error)
            return _respond(error.code, error.body())
        call = self._dispatcher.begin(method, raw)
        kind = self.trouble.strike(call.method)
        if kind is None:
            return _respond(*await self._dispatcher.run(call, raw))
        call.trouble = kind
        return await self._answer_in_trouble(kind, request, call, raw)

    async def _answer_in_trouble(
        self, kind: TroubleKind, request: web.Request, call: Call, raw: RawRequest
    ) -> web.Response:
        updates, delay = self.world.updates, self.trouble.delay

        async def do() -> web.Response:
            return _respond(*await self._dispatcher.run(call, raw))

        def fail(error: ApiError) -> web.Response:
            return _respond(*self._dispatcher.end(call, error))

        return await meet(
            kind, request, do=do, fail=fail, wait=lambda: updates.bell.until(lambda: updates.closed, delay)
        )

    def _download(self, path: str) -> web.Response:
        """Answer a GET for a file, at bot<token>/<file_path>."""
        prefix, _, name = path.partition("/")
        if prefix != f"bot{self.token}":
            return _refuse(401, "Unauthorized")
        file = self.world.files.at(name)
        if file is None:
            return _refuse(404, "Not Found")
        return web.Response(body=file.content, content_type="application/octet-stream")


def _refuse(code: int, words: str) -> web.Response:
    return _respond(code, ApiError(code, words).body())


def _respond(status: int, body: JsonObject) -> web.Response:
    return web.json_response(body, status=status, dumps=_ENCODE)
