"""A bot that says exactly what a test of the server wants it to say, right or wrong."""

from typing import Any

import aiohttp

from tests.telegram.server import FakeTelegram

# A decoded answer: the tests read it freely, and fail by themselves where it is of another shape.
Answer = dict[str, Any]


class Client:
    """A bot that says exactly what a test wants it to say."""

    def __init__(self, telegram: FakeTelegram, session: aiohttp.ClientSession) -> None:
        self.telegram = telegram
        self.session = session

    async def call(self, method: str, **params: object) -> Answer:
        """Call a method with a JSON body, and return the answer as it came."""
        async with self.session.post(self.address(method), json=params) as response:
            answer: Answer = await response.json()
            assert response.status == answer.get("error_code", 200)
            return answer

    async def result(self, method: str, **params: object) -> Any:
        """Call a method that must succeed, and return its result."""
        answer = await self.call(method, **params)
        assert answer["ok"], answer
        return answer["result"]

    async def error(self, method: str, **params: object) -> str:
        """Call a method that must fail, and return the description."""
        answer = await self.call(method, **params)
        assert not answer["ok"], answer
        return str(answer["description"])

    def address(self, method: str) -> str:
        """Return the URL of a method."""
        return f"{self.telegram.url}/bot{self.telegram.token}/{method}"


def keyboard(*rows: list[dict[str, Any]]) -> dict[str, Any]:
    """Return an inline keyboard."""
    return {"inline_keyboard": list(rows)}


class HandClock:
    """A clock that a test moves by hand."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        """Return the time in seconds."""
        return self.now

    def move(self, seconds: float) -> None:
        """Let time pass."""
        self.now += seconds
