"""`parley probe`."""

import json
from argparse import Namespace

from bot.catalogue.findable import corpus
from bot.errors import ContentRefused
from bot.importing import check, read_content
from bot.search.index import Index
from bot.services.probe import Probed, ProbeReport, measure
from bot.settings import Settings


async def probe(arguments: Namespace, settings: Settings) -> int:
    """Ask the content's probes of the content itself and say how they went; returns 1 on a new miss."""
    content = read_content(arguments.folder or settings.content_dir)
    if faults := check(content):
        raise ContentRefused((*map(str, faults), "Mend the content first; then probe it."))
    report = measure(Index(corpus(content.records)).find, content.probes)
    print(_as_json(report) if arguments.json else _in_words(report))
    return int(bool(report.new_misses))


def _in_words(report: ProbeReport) -> str:
    nothing = report.asked - report.answerable
    lines = [
        f"{report.asked} probes, {report.answerable} with an answer here and {nothing} without.",
        f"Answered right: {report.answered_right} of {report.answerable}.",
        f"Offered among the closest: {report.suggested_right}. Neither: {report.refused_wrong}.",
        f"Answered although nothing answers them: {report.answered_unanswerable} of {nothing}.",
    ]
    lines += [f"New miss: {_told(result)}" for result in report.new_misses]
    lines += [f"No longer a miss, drop its known_miss: {_told(result)}" for result in report.mended]
    return "\n".join(lines)


def _told(result: Probed) -> str:
    wanted = " or ".join(result.probe.slugs) or "none"
    found = ", ".join(f"{hit.slug} {hit.score:.2f}" for hit in result.hits) or "nothing"
    where = f"{result.probe.file}:{result.probe.line}"
    return f"{where}: '{result.probe.ask}' wants {wanted}, got {result.outcome.value}: {found}"


def _as_json(report: ProbeReport) -> str:
    return json.dumps(
        {
            "asked": report.asked,
            "answerable": report.answerable,
            "answered_right": report.answered_right,
            "answered_wrong": report.answered_wrong,
            "suggested_right": report.suggested_right,
            "refused_right": report.refused_right,
            "refused_wrong": report.refused_wrong,
            "new_misses": [result.probe.ask for result in report.new_misses],
        },
        ensure_ascii=False,
    )
