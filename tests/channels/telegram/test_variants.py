"""Variants: made once for all who get the same."""

import asyncio

import pytest

from bot.channels.telegram.variants import Variants


class Kitchen:
    """Makes a thing each time it is asked, when it is let."""

    def __init__(self) -> None:
        self.made = 0
        self.may = asyncio.Event()
        self.fails = False

    async def make(self) -> int:
        """Return how many were made by now."""
        self.made += 1
        await self.may.wait()
        if self.fails:
            raise ValueError("burnt")
        return self.made


async def test_all_who_ask_at_one_instant_get_what_is_made_once() -> None:
    """A thousand who wait for the same message cost one; another key is another message."""
    variants, kitchen = Variants[int](), Kitchen()
    asking = [asyncio.create_task(variants.get("same", kitchen.make)) for _ in range(1000)]
    await asyncio.sleep(0)
    kitchen.may.set()
    assert set(await asyncio.gather(*asking)) == {1}
    assert await variants.get("same", kitchen.make) == 1
    assert await variants.get("other", kitchen.make) == 2


async def test_what_could_not_be_made_is_made_anew_for_whoever_comes_later() -> None:
    """All who wait hear of the failure, and nothing of it is kept."""
    variants, kitchen = Variants[int](), Kitchen()
    kitchen.fails = True
    kitchen.may.set()
    found = await asyncio.gather(*(variants.get("same", kitchen.make) for _ in range(3)), return_exceptions=True)
    assert [type(error) for error in found] == [ValueError] * 3
    assert kitchen.made == 1
    kitchen.fails = False
    assert await variants.get("same", kitchen.make) == 2


async def test_one_who_no_longer_waits_leaves_the_others_theirs() -> None:
    """The first to ask is cancelled; what it had begun is made for the second."""
    variants, kitchen = Variants[int](), Kitchen()
    first, second = (asyncio.create_task(variants.get("same", kitchen.make)) for _ in range(2))
    await asyncio.sleep(0)
    first.cancel()
    with pytest.raises(asyncio.CancelledError):
        await first
    kitchen.may.set()
    assert await second == 1
