"""`parley desk queue` and `parley desk stats`: what readers could not find, and the numbers, for scripts."""

import json
import sys
from argparse import Namespace

from bot.actions.desk import publishing_in, told, who
from bot.app import utc_now
from bot.commands import cards
from bot.domain.question import Question
from bot.domain.revision import Change
from bot.errors import ContentRefused
from bot.search.understanding import Understanding
from bot.services.clusters import Cluster, Clusters, note_of, with_wordings
from bot.services.desk_files import Asked, published_by, submit_now
from bot.services.proposal import proposed
from bot.services.publishing import Publishing
from bot.services.statistics import Statistics
from bot.settings import Settings


async def queue(arguments: Namespace, settings: Settings) -> int:
    """Print the queue, the most asked first; returns 0."""
    async with publishing_in(settings) as publishing:
        clusters = await Clusters(publishing.database, Understanding()).all()
    for cluster in clusters:
        print(_as_json(cluster) if arguments.json else _in_words(cluster))
    return 0


async def dismiss(arguments: Namespace, settings: Settings) -> int:
    """Take an entry out of the queue; returns 0, 1 where there is no such entry."""
    async with publishing_in(settings) as publishing:
        cluster = await _named(publishing, arguments.number)
        await Clusters(publishing.database, Understanding()).dismiss(cluster, arguments.reason, by=who(), now=utc_now())
    print(f"Dismissed: {cluster.wordings[0]}")
    return 0


async def add(arguments: Namespace, settings: Settings) -> int:
    """Add an entry's wordings to a question; returns 0 when published, 1 while a second editor has to approve it."""
    async with publishing_in(settings) as publishing:
        cluster = await _named(publishing, arguments.number)
        published = await published_by(publishing)
        found = (rev.record for rev in published if rev.record.slug == arguments.question)
        question = next((record for record in found if isinstance(record, Question)), None)
        if question is None:
            raise ContentRefused((f"no question is called {arguments.question}",))
        changed, added = with_wordings(question, cluster)
        if not added:
            raise ContentRefused((f"{arguments.question} has these wordings already",))
        asked = Asked(who(), Change.MINOR, note_of(added), over_warnings=arguments.over_warnings)
        proposal = proposed([changed], published, change=Change.MINOR)
        return told(await submit_now(publishing, proposal, asked, utc_now()))


async def stats(arguments: Namespace, settings: Settings) -> int:
    """Print the last days as CSV, or the week's numbers beside the week before; returns 0."""
    async with publishing_in(settings) as publishing:
        names = {rev.ref.record: cards.title(rev.record) for rev in await published_by(publishing)}
        statistics = Statistics(publishing.database)
        today = utc_now().date()
        if arguments.csv:
            sys.stdout.buffer.write(await statistics.table(today, lambda record: names.get(record, str(record))))
            return 0
        week = await statistics.week(today)
    print(f"The week to {week.last}; in brackets the week before.")
    for what, number in week.counted.items():
        print(f"{what}: {number.now} ({number.before})")
    for record, times in week.top:
        print(f"{times} messages told: {names.get(record, str(record))}")
    print(f"Followers: {week.followers}; waiting for an answer: {week.waiting}; to be told: {week.wishes}")
    return 0


async def _named(publishing: Publishing, number: int) -> Cluster:
    cluster = await Clusters(publishing.database, Understanding()).read(number)
    if cluster is None:
        raise ContentRefused((f"no. {number} is not in the queue: it has been answered or dismissed",))
    return cluster


def _in_words(cluster: Cluster) -> str:
    readers = f"{cluster.readers} reader{'' if cluster.readers == 1 else 's'}"
    wishes = f", {cluster.wishes} to be told" if cluster.wishes else ""
    return f"{cluster.id}\t{readers}{wishes}\t{cluster.process}\t{' | '.join(cluster.wordings)}"


def _as_json(cluster: Cluster) -> str:
    return json.dumps(
        {
            "number": cluster.id,
            "process": cluster.process,
            "readers": cluster.readers,
            "wishes": cluster.wishes,
            "wordings": cluster.wordings,
        },
        ensure_ascii=False,
    )
