"""The two real exports of PA-X, where they lie beside the repository: every row imported, and found again."""

import csv
import random
import re
from collections import Counter
from pathlib import Path

import pytest

from bot.catalogue.snapshot import Snapshot, snapshot_of
from bot.domain.agreement import Agreement
from bot.services.import_pax import PaxImported, import_pax
from bot.storage import records
from bot.storage.database import Database
from tests.conftest import ROOT
from tests.storage.opening import NOON

FOLDER = ROOT.parent / "shared" / "data" / "pax"
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not FOLDER.is_dir(), reason="the exports of PA-X do not lie in ../shared/data/pax"),
]
EXPLORER, OFFICIAL = FOLDER / "pax_explorer_export.csv", FOLDER / "pax_official_v4_sample.csv"
TODAY = NOON.replace(year=2026)
ASKED = 50  # titles, and as many descriptions
SEED = 20  # others than the finder's weights were chosen on


async def bring(database: Database, file: Path) -> PaxImported:
    """Import the export."""
    return await import_pax(database, file, now=TODAY, on_step=lambda _: None)


async def published(database: Database) -> Snapshot:
    """Return what is published."""
    async with database.read() as connection:
        return snapshot_of(1, await records.current(connection))


async def test_every_row_of_both_exports_is_imported(database: Database) -> None:
    """The official sample first, then the explorer's, then each again: the counts add up, and again changes nothing."""
    first = await bring(database, OFFICIAL)
    assert (first.rows, first.added, first.changed, first.same) == (98, 98, 0, 0)
    again = await bring(database, OFFICIAL)
    assert (again.added, again.changed, again.same) == (0, 0, 98)
    whole = await bring(database, EXPLORER)
    assert (whole.rows, whole.added) == (2257, 2159)
    assert whole.added + whole.changed + whole.same + whole.older + len(whole.edited) == 2257
    again = await bring(database, EXPLORER)
    assert (again.added, again.changed, again.same) == (0, 0, 2257)
    snapshot = await published(database)
    assert len(snapshot.agreements) == 2257
    assert len(snapshot.processes) == 184
    with EXPLORER.open(encoding="utf-8-sig", newline="") as stream:
        rows = {f"pax-{row['AgtId']}": row for row in csv.DictReader(stream)}
    for slug, row in rows.items():
        agreement = snapshot.agreements[slug].record
        assert agreement.title == " ".join(row["Agt"].split())
        assert agreement.process == f"pax-process-{row['PP']}"
        assert row["PAX_Hyperlink"] in agreement.links


async def test_titles_and_descriptions_are_found_though_shortened_and_misspelt(database: Database) -> None:
    """Of fifty each, at least nine in ten come first."""
    await bring(database, EXPLORER)
    snapshot = await published(database)
    every = [revision.record for revision in snapshot.agreements.values()]
    once = Counter(agreement.title for agreement in every)
    pool = [
        agreement
        for agreement in every
        if once[agreement.title] == 1 and "no description" not in agreement.purpose.text
    ]
    dice = random.Random(SEED)  # noqa: S311 - not for secrets
    for of_title in (True, False):
        asked = [(agreement, _typed(agreement, dice, of_title=of_title)) for agreement in dice.sample(pool, ASKED)]
        ranked = [(agreement, words, snapshot.shelf.finder.find(words).ranked) for agreement, words in asked]
        missed = [words for agreement, words, hits in ranked if not hits or hits[0].key != agreement.slug]
        assert len(missed) <= ASKED // 10, missed


def _typed(agreement: Agreement, dice: random.Random, *, of_title: bool) -> str:
    """Return the first part of the title, or of the description, with two words misspelt."""
    words = re.findall(r"[\w'-]+", agreement.title if of_title else agreement.purpose.text)
    words = words[: max(3, len(words) * 6 // 10)][:14] if of_title and len(words) > 6 else words[:12]
    long = [place for place, word in enumerate(words) if len(word) >= 5]
    for place in dice.sample(long, min(2, len(long))):
        words[place] = _misspelt(words[place], dice)
    return " ".join(words)


def _misspelt(word: str, dice: random.Random) -> str:
    at = dice.randrange(1, len(word) - 1)
    return dice.choice(
        (
            word[:at] + word[at + 1 :],
            word[:at] + word[at] + word[at:],
            word[:at] + word[at + 1] + word[at] + word[at + 2 :],
            word[:at] + dice.choice("aeioustrnl") + word[at + 1 :],
        )
    )
