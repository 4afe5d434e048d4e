"""How we reach the Bot API: aiohttp, at about a tenth of the CPU of python-telegram-bot's default (`make bench`)."""

import json
import urllib.request
from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import urlsplit

from aiohttp import BytesPayload, ClientError, ClientSession, ClientTimeout, DummyCookieJar, FormData, TCPConnector
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData
from yarl import URL

_CONNECTIONS: Final = 64
_READ: Final = 20.0  # seconds; a long poll adds its own
_CONNECT: Final = 10.0
_USUAL: Final = ClientTimeout(total=_READ, connect=_CONNECT)
_OK: Final = 200

Body = FormData | BytesPayload | None


class AiohttpTransport(BaseRequest):
    """One pool of connections. Polling, replies and broadcasts have one each, so that none waits for another."""

    def __init__(self, api_url: str, connections: int = _CONNECTIONS) -> None:
        """Prepare for that server; connections are made on `initialize`, so many at most."""
        self._connections: Final = connections
        self._session: ClientSession | None = None
        # Looked up once: aiohttp itself would do it for every call, in a thread, and look for a .netrc besides.
        self._proxy: Final = _proxy(api_url)
        self._urls: Final = dict[str, URL]()

    @property
    def read_timeout(self) -> float:
        """Return how many seconds an answer may take."""
        return _READ

    async def initialize(self) -> None:
        """Open the pool."""
        if self._session is None or self._session.closed:
            self._session = ClientSession(
                connector=TCPConnector(limit=self._connections), cookie_jar=DummyCookieJar(), timeout=_USUAL
            )

    async def shutdown(self) -> None:
        """Close the pool."""
        if self._session is not None:
            await self._session.close()

    async def call(self, url: str, parameters: Mapping[str, object]) -> Any:
        """Return what the method at `url` answers, as plain JSON; raises python-telegram-bot's errors.

        For the few methods called often: it builds none of python-telegram-bot's objects on the way out and back.
        """
        known = self._urls.get(url)
        if known is None:
            known = self._urls[url] = URL(url, encoded=True)
        status, answer = await self._request("POST", known, _json(parameters), _USUAL)
        if status == _OK:
            return self.parse_json_payload(answer)["result"]
        # What a refusal means is python-telegram-bot's to know.
        return await _Answered(status, answer).post(url)

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: object = None,
        write_timeout: object = None,  # noqa: ARG002 - aiohttp has one timeout for the whole call
        connect_timeout: object = None,
        pool_timeout: object = None,  # noqa: ARG002 - as above
    ) -> tuple[int, bytes]:
        """Return the answer's HTTP status and body; raises TimedOut or NetworkError, neither of which names the URL."""
        timeout = ClientTimeout(total=_seconds(read_timeout, _READ), connect=_seconds(connect_timeout, _CONNECT))
        return await self._request(method, URL(url), _body(request_data), timeout)

    async def _request(self, method: str, url: URL, body: Body, timeout: ClientTimeout) -> tuple[int, bytes]:
        if self._session is None:
            raise NetworkError("the transport is not open")
        try:
            async with self._session.request(
                method, url, data=body, timeout=timeout, proxy=self._proxy, allow_redirects=False
            ) as response:
                return response.status, await response.read()
        except TimeoutError:
            raise TimedOut from None
        except ClientError as error:
            # The text of aiohttp's errors may hold the URL and so the token: the kind and the cause are enough.
            cause = getattr(error, "strerror", None) or ""
            raise NetworkError(f"{type(error).__name__} {cause}".strip()) from None


class _Answered(BaseRequest):
    """An answer that is there already, for python-telegram-bot to say what it means."""

    def __init__(self, status: int, answer: bytes) -> None:
        self._status: Final = status
        self._answer: Final = answer

    @property
    def read_timeout(self) -> float:
        return 0.0

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Nothing to close."""

    async def do_request(self, *_: object, **__: object) -> tuple[int, bytes]:
        return self._status, self._answer


def _proxy(api_url: str) -> str | None:
    """Return the proxy to the server by `https_proxy` and `no_proxy` of the environment; None for none."""
    parts = urlsplit(api_url)
    if urllib.request.proxy_bypass(parts.hostname or ""):
        return None
    return urllib.request.getproxies().get(parts.scheme)


def _seconds(given: object, default: float) -> float:
    """Return the timeout given; python-telegram-bot marks "not given" with objects of its own."""
    return float(given) if isinstance(given, (int, float)) else default


def _json(parameters: Mapping[str, object]) -> BytesPayload:
    return BytesPayload(json.dumps(parameters, ensure_ascii=False).encode(), content_type="application/json")


def _body(data: RequestData | None) -> Body:
    if data is None:
        return None
    if not data.contains_files:
        return _json(data.parameters) if data.parameters else None
    form = FormData()
    for name, value in data.json_parameters.items():
        form.add_field(name, value)
    for name, (filename, content, kind) in data.multipart_data.items():
        form.add_field(name, content, filename=filename, content_type=kind)
    return form
