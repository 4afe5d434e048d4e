"""FakeTelegram: the HTTP server, and what a test drives it with."""

import json
from collections.abc import Sequence
from types import TracebackType
from typing import Self

from aiohttp import web

from tests.telegram.chat import FakeChat
from tests.telegram.dispatch import Call, Dispatcher, Interceptor, Refusal
from tests.telegram.errors import ApiError
from tests.telegram.payload import JsonObject, as_str
from tests.telegram.people import Person
from tests.telegram.profile import scope_key
from tests.telegram.queries import CallbackAnswer, InlineAnswer
from tests.telegram.wire import read_request
from tests.telegram.world import World

# The bot id and the secret of the one bot there is.
DEFAULT_CREDENTIALS = "123456789:TEST-TOKEN"
LARGEST_REQUEST = 50 * 1024 * 1024


class FakeTelegram:
    """A Telegram of its own on 127.0.0.1, for as long as the `async with` lasts."""

    def __init__(
        self, token: str = DEFAULT_CREDENTIALS, *, port: int = 0, bot_username: str = "parley_test_bot"
    ) -> None:
        self.token = token
        self.url = ""
        self.world = World(int(token.partition(":")[0]), bot_username)
        self._dispatcher = Dispatcher(self.world)
        self._port = port
        self._runner: web.AppRunner | None = None

    async def __aenter__(self) -> Self:
        application = web.Application(client_max_size=LARGEST_REQUEST)
        application.router.add_route("*", "/{path:.*}", self._answer)
        # A handler whose client hung up is cancelled: a poll nobody waits for must not outlive its bot.
        self._runner = web.AppRunner(application, handler_cancellation=True, shutdown_timeout=1, access_log=None)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", self._port).start()
        _, port = self._runner.addresses[0][:2]
        self.url = f"http://127.0.0.1:{port}"
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.world.updates.close()
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

    def push(self, raw_update: JsonObject) -> int:
        """Queue any update, true or hostile, exactly as given; return its id (one is added where it has none)."""
        self.world.queries.register(raw_update)
        return self.world.updates.add_raw(raw_update)

    @property
    def calls(self) -> list[Call]:
        """Every call the bot made, in the order they came, with the token right."""
        return self._dispatcher.calls

    def calls_of(self, method: str) -> list[Call]:
        """Return the calls of one method."""
        return [call for call in self.calls if call.method == method]

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

    def about(self, what: str, language_code: str = "") -> str:
        """Return the bot's "name", "description" or "short_description", empty where it is not set."""
        return self.world.profile.texts.get((what, language_code), "")

    async def idle(self, timeout: float = 10) -> None:  # noqa: ASYNC109 - it is the test's own limit
        """Return once every update is confirmed and no call is under way. Raises AssertionError when time is up."""
        updates, dispatcher = self.world.updates, self._dispatcher
        if not await self.world.bell.until(lambda: not updates.pending and not dispatcher.busy, timeout):
            raise AssertionError(
                f"not idle within {timeout} s: not confirmed: {updates.pending}; under way: {dispatcher.busy}"
            )

    async def _answer(self, request: web.Request) -> web.Response:
        """Answer any request to the server."""
        prefix, _, method = request.path.lstrip("/").partition("/")
        if not prefix.startswith("bot") or not method:
            return _respond(404, ApiError(404, "Not Found").body())
        if prefix != f"bot{self.token}":
            return _respond(401, ApiError(401, "Unauthorized").body())
        try:
            raw = await read_request(request)
        except ApiError as error:
            self._dispatcher.refuse(method, {}, error)
            return _respond(error.code, error.body())
        return _respond(*await self._dispatcher.run(method, raw))


def _respond(status: int, body: JsonObject) -> web.Response:
    return web.json_response(body, status=status, dumps=lambda value: json.dumps(value, ensure_ascii=False))
