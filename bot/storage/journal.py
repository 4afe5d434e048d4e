"""Group commit: whoever waits at one instant shares one transaction."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")


class Journal(Generic[Item, Result]):
    """Collects what many tasks want written and writes it together.

    `write` returns once the item is durable. While one group is being written the next one gathers, so the group grows
    with the load and a lone writer waits for nobody.
    """

    def __init__(self, commit: Callable[[Sequence[Item]], Awaitable[Sequence[Result]]]) -> None:
        """Keep `commit`, which writes all items in one transaction and returns a result for each, in order."""
        self._commit = commit
        self._waiting: list[tuple[Item, asyncio.Future[Result]]] = []
        self._task: asyncio.Task[None] | None = None

    async def write(self, item: Item) -> Result:
        """Write `item` with all that wait at this instant; raises what `commit` raises."""
        future: asyncio.Future[Result] = asyncio.get_running_loop().create_future()
        self._waiting.append((item, future))
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._run())
        # Shielded: one caller's being cancelled must not undo what the others wait for.
        return await asyncio.shield(future)

    async def close(self) -> None:
        """Return when all that was handed in is written."""
        while self._task and not self._task.done():
            await asyncio.wait([self._task])

    async def _run(self) -> None:
        while self._waiting:
            group, self._waiting = self._waiting, []
            try:
                results = await self._commit([item for item, _ in group])
            except Exception as error:  # noqa: BLE001 - handed to every caller, who knows what it means to them
                for _, future in group:
                    _settle(future, error=error)
            else:
                for (_, future), result in zip(group, results, strict=True):
                    _settle(future, result=result)


def _settle(future: "asyncio.Future[Result]", *, result: Result | None = None, error: Exception | None = None) -> None:
    if future.done():  # its caller has gone
        return
    if error is not None:
        future.set_exception(error)
        future.exception()  # a caller that has gone never asks; without this asyncio would complain
    else:
        future.set_result(result)  # type: ignore[arg-type]  # given whenever there is no error
