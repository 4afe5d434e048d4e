"""How we reach the Bot API: aiohttp, at about a fifth of the CPU of python-telegram-bot's default (`make bench`)."""

from typing import Final

from aiohttp import ClientError, ClientSession, ClientTimeout, FormData, TCPConnector
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

_CONNECTIONS: Final = 64
_READ: Final = 20.0  # seconds; a long poll adds its own
_CONNECT: Final = 10.0


class AiohttpTransport(BaseRequest):
    """One pool of connections. Polling and sending have one each, so that neither waits for the other."""

    def __init__(self) -> None:
        """Prepare; connections are made on `initialize`."""
        self._session: ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        """Return how many seconds an answer may take."""
        return _READ

    async def initialize(self) -> None:
        """Open the pool."""
        if self._session is None or self._session.closed:
            self._session = ClientSession(connector=TCPConnector(limit=_CONNECTIONS), trust_env=True)

    async def shutdown(self) -> None:
        """Close the pool."""
        if self._session is not None:
            await self._session.close()

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
        if self._session is None:
            raise NetworkError("the transport is not open")
        timeout = ClientTimeout(total=_seconds(read_timeout, _READ), connect=_seconds(connect_timeout, _CONNECT))
        try:
            async with self._session.request(method, url, data=_body(request_data), timeout=timeout) as response:
                return response.status, await response.read()
        except TimeoutError:
            raise TimedOut from None
        except ClientError as error:
            # The text of aiohttp's errors may hold the URL and so the token: the kind and the cause are enough.
            cause = getattr(error, "strerror", None) or ""
            raise NetworkError(f"{type(error).__name__} {cause}".strip()) from None


def _seconds(given: object, default: float) -> float:
    """Return the timeout given; python-telegram-bot marks "not given" with objects of its own."""
    return float(given) if isinstance(given, (int, float)) else default


def _body(data: RequestData | None) -> FormData | dict[str, str] | None:
    if data is None:
        return None
    if not data.contains_files:
        return data.json_parameters or None
    form = FormData()
    for name, value in data.json_parameters.items():
        form.add_field(name, value)
    for name, (filename, content, kind) in data.multipart_data.items():
        form.add_field(name, content, filename=filename, content_type=kind)
    return form
