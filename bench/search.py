"""Finding answers: how quick, how good, in how much memory; SQLite's FTS5 beside it on the same entries."""

import asyncio
import os
import re
import sqlite3
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path
from random import Random
from statistics import median
from typing import Final

import numpy as np

from bench.house import ROOT
from bench.plan import Plan
from bench.table import Goal, Section, Table
from bot.actions.probing import ask_all, faq_corpus
from bot.catalogue.findable import corpus
from bot.domain.base import Kind
from bot.importing import Probe, read_content
from bot.importing.faq import read_entries, read_queries
from bot.search.corpus import Corpus, Document
from bot.search.index import Index
from bot.search.understanding import Understanding, encoded
from bot.search.vectors import SIZE, Vectors
from bot.search.weights import installed
from bot.services.quality import Asked, Quality, quality
from bot.shipped import shipped

# Folders with entries.jsonl and queries.jsonl: public question sets, which are not ours to ship.
_SETS: Final = Path(os.environ.get("FAQ_SETS", ROOT.parent / "shared" / "data" / "faq"))
_MANY: Final = 10_000
_AT_ONCE: Final = 16
_SYLLABLES: Final = [consonant + vowel for consonant in "bdfgklmnprstvz" for vowel in "aeiou"]


@dataclass(frozen=True, slots=True)
class _Speed:
    """Milliseconds a question, the median, and questions a second."""

    milliseconds: float
    rate: float


def measure(plan: Plan) -> Section:
    """Return tables of speed and of quality; each set that is not there is named as left out."""
    content = read_content(shipped("content"))
    asked = [probe.ask for probe in content.probes]
    index = Index(corpus(content.records), lambda texts: encoded(tuple(texts)))
    alone = asyncio.run(_distinct(index, asked, at_once=1))
    together = asyncio.run(_distinct(index, asked, at_once=_AT_ONCE))
    repeated = asyncio.run(_repeated(index, asked, plan.calls * 10))
    memory = _memory()  # before there are ten thousand entries, which are not ours
    built, large = _large(plan)
    sqlite = _timed(_Fts(_entries()).find, _questions(plan.calls))
    rows = (
        ("one question at a time", f"{alone.milliseconds:.1f}", f"{alone.rate:,.0f}"),
        (f"{_AT_ONCE} waiting at once", f"{together.milliseconds:.1f}", f"{together.rate:,.0f}"),
        ("a repeated question", f"{repeated.milliseconds:.3f}", f"{repeated.rate:,.0f}"),
        (f"among {_MANY:,} entries, without encoding", f"{large.milliseconds:.1f}", f"{large.rate:,.0f}"),
        (f"SQLite FTS5 among the same {_MANY:,}", f"{sqlite.milliseconds:.1f}", f"{sqlite.rate:,.0f}"),
    )
    goals = (
        Goal("Questions a second, all different", "≥ 100", f"{together.rate:,.0f}", together.rate >= 100),
        Goal("A question, median", "≤ 12 ms", f"{alone.milliseconds:.1f} ms", alone.milliseconds <= 12),
        Goal("A repeated question a second", "≥ 3,000", f"{repeated.rate:,.0f}", repeated.rate >= 3000),
        Goal(f"Among {_MANY:,} entries", "≤ 15 ms", f"{large.milliseconds:.1f} ms", large.milliseconds <= 15),
        Goal("Their index from kept embeddings", "≤ 2 s", f"{built:.1f} s", built <= 2),
        Goal("Memory with the model", "≤ 300 MB", f"{memory:,.0f} MB", memory <= 300),
    )
    kept = "the model's weights are installed" if installed() else "the model's weights are NOT installed"
    speed = Table("Finding answers: speed", ("what", "ms, median", "a second"), rows, (f"Here {kept}.",))
    return Section("search", (speed, _quality_table(content.probes, corpus(content.records))), goals, {})


async def _distinct(index: Index, asked: Sequence[str], *, at_once: int) -> _Speed:
    understanding, times = Understanding(), []

    async def one(text: str) -> None:
        began = time.perf_counter()
        vector = await understanding.vector(index.meant(text))
        index.find(text, f"bench-{at_once}", vector)
        times.append(time.perf_counter() - began)

    await one("load the model")
    times.clear()
    began = time.perf_counter()
    for start in range(0, len(asked), at_once):
        await asyncio.gather(*map(one, asked[start : start + at_once]))
    return _Speed(median(times) * 1000, len(asked) / (time.perf_counter() - began))


async def _repeated(index: Index, asked: Sequence[str], times: int) -> _Speed:
    understanding = Understanding()
    for text in asked[:10]:
        index.find(text, None, await understanding.vector(index.meant(text)))
    began = time.perf_counter()
    for text in islice(cycle(asked[:10]), times):
        index.find(text, None, await understanding.vector(index.meant(text)))
    spent = time.perf_counter() - began
    return _Speed(spent / times * 1000, times / spent)


def _entries() -> list[tuple[str, ...]]:
    chance = Random(1)
    known = ["".join(chance.choices(_SYLLABLES, k=3)) for _ in range(8000)]
    return [
        tuple(" ".join([*chance.choices(known, k=6), "agreed to the talks"]) for _ in range(2)) for _ in range(_MANY)
    ]


def _questions(many: int) -> list[str]:
    """Return so many questions in words of the entries."""
    chance = Random(2)
    entries = _entries()
    return [" ".join(["what", "about", *chance.choice(entries)[0].split()[:4], "and", "the"]) for _ in range(many)]


def _large(plan: Plan) -> tuple[float, _Speed]:
    """Return the seconds that the index takes, and the speed of finding in it, embeddings being there already."""
    documents = tuple(
        Document(Kind.QUESTION, f"q-{number}", "p", texts[:1], texts[1:]) for number, texts in enumerate(_entries())
    )
    numbers = np.random.default_rng(1)
    kept = numbers.standard_normal((2 * _MANY, SIZE), dtype=np.float32)
    kept /= np.linalg.norm(kept, axis=1, keepdims=True)
    began = time.perf_counter()
    index = Index(Corpus(documents), lambda _: kept)
    built = time.perf_counter() - began
    vector: Vectors = kept[0]
    return built, _timed(lambda text: index.find(text, None, vector), _questions(plan.calls))


def _timed(find: Callable[[str], object], asked: Sequence[str]) -> _Speed:
    times = []
    for text in asked:
        began = time.perf_counter()
        find(text)
        times.append(time.perf_counter() - began)
    return _Speed(median(times) * 1000, len(times) / sum(times))


class _Fts:
    """SQLite's full-text search, as it is commonly used: porter stemming, any of the words, bm25."""

    def __init__(self, entries: Sequence[Sequence[str]]) -> None:
        self._connection: Final = sqlite3.connect(":memory:")
        self._connection.execute("CREATE VIRTUAL TABLE texts USING fts5(text, entry UNINDEXED, tokenize='porter')")
        rows = [(text, number) for number, texts in enumerate(entries) for text in texts]
        self._connection.executemany("INSERT INTO texts VALUES (?, ?)", rows)

    def find(self, text: str) -> list[tuple[int, float]]:
        """Return the entries, best first, each with a score that is the higher the better."""
        words = [f'"{word}"' for word in re.findall(r"\w+", text)]
        if not words:
            return []
        found = self._connection.execute(
            "SELECT entry, -bm25(texts) FROM texts WHERE texts MATCH ? ORDER BY 2 DESC LIMIT 30", (" OR ".join(words),)
        )
        best: dict[int, float] = {}
        for entry, score in found:
            best.setdefault(int(entry), float(score))
        return list(best.items())


def _quality_table(probes: Sequence[Probe], searched: Corpus) -> Table:
    rows: list[tuple[str, ...]] = []
    missing: list[str] = []
    for name, found, asked in [("content's probes", searched, tuple(probes)), *_sets(missing)]:
        ours = ask_all(found, asked).quality
        rows += [_row(name, ours), _row("  SQLite FTS5", _fts_quality(found, asked))]
    columns = ("questions", "R@1", "R@3", "right at ≤ 5 %", "≤ 10 %", "best MCC")
    return Table("Finding answers: quality", columns, tuple(rows), tuple(missing))


def _sets(missing: list[str]) -> list[tuple[str, Corpus, tuple[Probe, ...]]]:
    folders = sorted(path for path in _SETS.glob("*") if (path / "entries.jsonl").is_file())
    if not folders:
        missing.append(f"Public sets are left out: none in {_SETS} (FAQ_SETS names their folder).")
    return [
        (folder.name, faq_corpus(read_entries(folder / "entries.jsonl")), read_queries(folder / "queries.jsonl"))
        for folder in folders
    ]


def _fts_quality(searched: Corpus, probes: Sequence[Probe]) -> Quality:
    documents = [document for document in searched.documents if document.covered]
    fts = _Fts([[*document.asked, *document.told] for document in documents])
    asked = []
    for probe in probes:
        found = fts.find(probe.ask)
        slugs = tuple(documents[number].slug for number, _ in found)
        asked.append(Asked(slugs, found[0][1] if found else 0.0, frozenset(probe.slugs)))
    return quality(asked)


def _row(name: str, measured: Quality) -> tuple[str, ...]:
    values = (measured.first, measured.among_three, measured.right_at_5, measured.right_at_10, measured.mcc)
    return (name, *("" if value is None else f"{value:.3f}" for value in values))


def _memory() -> float:
    """Return the megabytes that this process holds in memory now; 0 where the system does not say."""
    status = Path("/proc/self/status")
    found = re.search(r"VmRSS:\s+(\d+)", status.read_text()) if status.is_file() else None
    return int(found[1]) / 1024 if found else 0.0
