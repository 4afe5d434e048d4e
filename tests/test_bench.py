"""The bench's parts still run; what they measure at such sizes means nothing."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from bench import delivery, in_process, loopback, startup, table, transport
from bench.__main__ import main
from bench.figures import Series, percentile
from bench.plan import Plan
from bench.server import BenchServer
from bench.table import Section

TINY = Plan(rounds=1, starts=1, calls=4, messages=10, bursts=1, posts=10)


@pytest.fixture(autouse=True)
def _few_chats(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three chats show as much as fifty."""
    for part in (in_process, loopback):
        monkeypatch.setattr(part, "CHATS", 3)


def printed(section: Section) -> str:
    """Return what the bench prints for the section, having seen that it fits."""
    tables = (*section.tables, table.goals_table(section.goals))
    lines = [line for shown in tables for line in table.lines(shown)]
    assert max(map(len, lines)) <= table.WIDTH
    json.dumps(section.raw)
    return "\n".join(lines)


async def test_the_router_is_measured_with_and_without_the_ledger(tmp_path: Path) -> None:
    """Every kind of question has its row."""
    section = await in_process.measure(TINY, tmp_path)
    assert all(kind in printed(section) for kind in ("/agreed", "/brief", "/agreements", "plain questions"))


async def test_a_bot_that_answers_is_measured_over_loopback(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each message to Parley is answered, and its ledger, which the bench looks into, knows each answer."""
    bots = loopback._bots
    monkeypatch.setattr(loopback, "_bots", lambda url: bots(url)[:1])
    monkeypatch.setattr(loopback, "_SETTLE", 0)
    monkeypatch.setattr(loopback, "_goals", lambda _seen: ())
    section = await loopback.measure(TINY, tmp_path)
    assert loopback.PARLEY in printed(section)
    assert "no reply" not in printed(section)


async def test_calls_are_measured_beside_other_libraries(tmp_path: Path) -> None:
    """Our calls and python-telegram-bot's own stand side by side."""
    section = await transport.measure(TINY, tmp_path)
    assert all(name in printed(section) for name in ("Parley", "python-telegram-bot, default"))


@pytest.mark.slow
async def test_sending_to_many_is_measured(tmp_path: Path) -> None:
    """The free rate, the paid rate and a large audience each have their row, and nothing is refused."""
    plan = replace(TINY, free_seconds=1, paid_messages=20, followers=20)
    section = await delivery.measure(plan, tmp_path)
    shown = printed(section)
    assert all(words in shown for words in ("Parley", "20 sent at the paid rate", "20 made owed"))
    assert next(goal for goal in section.goals if goal.what.startswith("refused")).met


def test_a_fresh_process_is_measured(tmp_path: Path) -> None:
    """Time and memory are those of the process itself."""
    started = startup.launch(("-c", "bytearray(50_000_000)"), tmp_path)
    assert started.seconds > 0
    assert 50_000_000 < started.peak < 100_000_000


async def test_a_message_without_a_reply_ends_the_measuring_all_the_same() -> None:
    """Nobody polls, so nothing is handed out; the limit ends it."""
    async with BenchServer() as server:
        exchange = await server.ask(3, 0.05)
    assert not exchange.complete
    assert exchange.rate == 0


def test_the_bench_says_which_part_it_does_not_know(capsys: pytest.CaptureFixture[str]) -> None:
    """A slip of the pen is a usage error that lists what there is."""
    with pytest.raises(SystemExit):
        main(["startdown"])
    assert "startup" in capsys.readouterr().err


def test_figures_are_medians_and_ratios_round_by_round() -> None:
    """One slow round moves neither."""
    assert Series((1, 2, 30)).median == 2
    assert Series((2, 4, 60)).over(Series((1, 2, 30))).values == (2, 2, 2)
    assert percentile([1, 2, 3, 4], 0.5) == 2
    assert percentile([1, 2, 3, 4], 0.99) == 4
