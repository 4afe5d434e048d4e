"""Group commit: whatever waits to be written at one instant shares one transaction, whoever wants it written."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Any, Final, TypeVar

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import StorageBusy, StorageError

Item = TypeVar("Item")
Result = TypeVar("Result")
# Writes all items of one kind in the transaction it is given; returns a result for each, in order, or nothing at all.
Do = Callable[[AsyncConnection, Sequence[Item]], Awaitable[Sequence[Result]]]
Begin = Callable[[], AbstractAsyncContextManager[AsyncConnection]]


@dataclass(frozen=True, slots=True)
class _Waiting:
    """One item, what writes it, and who waits for it. What both are is known where they were handed in."""

    do: Do[Any, Any]
    item: Any
    done: asyncio.Future[Any]


class Journal:
    """Collects what many tasks want written and writes it together.

    `write` returns once the item is durable. While one group is being written the next one gathers, so the group grows
    with the load and a lone writer waits for nobody.
    """

    def __init__(self, begin: Begin) -> None:
        """Keep `begin`, which opens a transaction and commits it at the end."""
        self._begin: Final = begin
        self._waiting: list[_Waiting] = []
        self._task: asyncio.Task[None] | None = None

    async def write(self, do: Do[Item, Result], item: Item) -> Result:
        """Write `item` with all that wait at this instant; returns what `do` returns for it. Commits.

        Raises what `do` raises, or StorageError. A caller that is cancelled leaves its item to be written.
        """
        done: asyncio.Future[Result] = asyncio.get_running_loop().create_future()
        self._waiting.append(_Waiting(do, item, done))
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._run())
        return await done

    async def close(self) -> None:
        """Return when all that was handed in is written."""
        while self._task and not self._task.done():
            await asyncio.wait([self._task])

    async def _run(self) -> None:
        while self._waiting:
            group, self._waiting = self._waiting, []
            try:
                await self._commit(group)
            except StorageBusy as error:
                _fail(group, error)
            except StorageError as error:
                await self._one_by_one(group, error)
            except Exception as error:  # noqa: BLE001 - handed to every caller, who knows what it means to them
                _fail(group, error)

    async def _one_by_one(self, group: Sequence[_Waiting], error: StorageError) -> None:
        """Write each item of a group that failed in its own transaction: one that is refused must not cost the rest."""
        if len(group) == 1:
            _fail(group, error)
            return
        for waiting in group:
            try:
                await self._commit([waiting])
            except Exception as alone:  # noqa: BLE001 - as above
                _fail([waiting], alone)

    async def _commit(self, group: Sequence[_Waiting]) -> None:
        """Write the group in one transaction, the items of a kind together; their callers go on once it is durable."""
        kinds: dict[Do[Any, Any], list[_Waiting]] = {}
        for waiting in group:
            kinds.setdefault(waiting.do, []).append(waiting)
        results: list[Sequence[Any]] = []
        async with self._begin() as connection:
            for do, alike in kinds.items():
                results.append(await do(connection, [waiting.item for waiting in alike]))
        for alike, found in zip(kinds.values(), results, strict=True):
            for waiting, result in zip(alike, found or [None] * len(alike), strict=True):
                if not waiting.done.done():  # else its caller has gone
                    waiting.done.set_result(result)


def _fail(group: Sequence[_Waiting], error: Exception) -> None:
    for waiting in group:
        if not waiting.done.done():
            waiting.done.set_exception(error)
            waiting.done.exception()  # a caller that has gone never asks; without this asyncio would complain
