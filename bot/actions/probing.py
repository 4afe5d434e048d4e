"""`parley probe`."""

import json
import sys
from argparse import Namespace
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from typing import Final

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from bot.catalogue.findable import corpus
from bot.domain.base import Kind
from bot.errors import ContentRefused
from bot.importing import Probe, check, read_content
from bot.importing.faq import PROCESS, Entry, read_entries, read_queries
from bot.search.corpus import Corpus, Document, sentences
from bot.search.finding import Finding
from bot.search.index import Index
from bot.search.understanding import encoded
from bot.search.vectors import Vectors
from bot.search.weights import installed
from bot.services.probe import Probed, ProbeReport, measured
from bot.settings import Settings

_PART: Final = 256  # questions that are encoded at once


async def probe(arguments: Namespace, settings: Settings) -> int:
    """Ask probes and say how they went; returns 1 on a new miss of the content's own."""
    if bool(arguments.entries) != bool(arguments.queries):
        raise ContentRefused(("Name both: --entries ENTRIES.jsonl --queries QUERIES.jsonl",))
    if arguments.entries:
        found, probes = faq_corpus(read_entries(arguments.entries)), read_queries(arguments.queries)
    else:
        content = read_content(arguments.folder or settings.content_dir)
        if faults := check(content):
            raise ContentRefused((*map(str, faults), "Mend the content first; then probe it."))
        found, probes = corpus(content.records), content.probes
    report = ask_all(found, probes)
    print(_as_json(report) if arguments.json else _in_words(report, explained=arguments.explain))
    return int(bool(report.new_misses) and not arguments.entries)


def ask_all(searched: Corpus, probes: Sequence[Probe]) -> ProbeReport:
    """Return how the probes go in what is searched; each is asked as in a chat that follows the probe's process."""
    with _bar() as bar:
        index = Index(searched, lambda texts: _encoded(texts, bar, "Reading entries"))
        meant = [index.meant(probe.ask) for probe in probes]
        vectors = _encoded(meant, bar, "Reading questions") if index.understands else None
        task = bar.add_task("Searching", total=len(probes))
        findings: list[Finding] = []
        for place, probe in enumerate(probes):
            vector = None if vectors is None or not meant[place] else vectors[place]
            findings.append(index.find(probe.ask, probe.process, vector))
            bar.advance(task)
    return measured(probes, findings)


def faq_corpus(entries: Sequence[Entry]) -> Corpus:
    """Return what is searched where the entries of a question set are."""
    return Corpus(tuple(_document(entry) for entry in entries))


def _document(entry: Entry) -> Document:
    # A label names its entry as a tag does a question.
    asked = (entry.question, *entry.aliases, *([entry.label] if entry.label else []))
    return Document(Kind.QUESTION, entry.id, PROCESS, asked, tuple(sentences(entry.answer)))


def _encoded(texts: Sequence[str], bar: Progress, task: str) -> Vectors | None:
    if installed() is None:
        return None
    # Many texts are given twice: a paraphrase that two entries share, a question that many ask.
    several = {text: place for place, text in enumerate(dict.fromkeys(texts))}
    number = bar.add_task(task, total=len(several))
    vectors = encoded(tuple(several), lambda more: bar.advance(number, more))
    return None if vectors is None else vectors[[several[text] for text in texts]]


@contextmanager
def _bar() -> Iterator[Progress]:
    """Show how far the work is, where somebody watches."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    watched = sys.stderr.isatty()
    with Progress(*columns, console=Console(stderr=True), transient=True, disable=not watched) as bar:
        yield bar


def _in_words(report: ProbeReport, *, explained: bool) -> str:
    nothing, measures = report.asked - report.answerable, report.quality
    lines = [
        f"{report.asked} probes, {report.answerable} with an answer here and {nothing} without.",
        f"Answered right: {_of(report.answered_right, report.answerable)}.",
        f"Answered by another record: {_of(report.answered_wrong - report.answered_unanswerable, report.answerable)}.",
        f"Offered among the closest: {report.suggested_right}. Neither: {report.refused_wrong}.",
        f"Answered although nothing answers them: {_of(report.answered_unanswerable, nothing)}.",
        "Whatever the threshold:",
        f"R@1 {_figure(measures.first)}, R@3 {_figure(measures.among_three)}, MRR {_figure(measures.reciprocal_rank)}.",
        f"AUROC of answered against not to be answered: {_figure(measures.auroc)}.",
        f"Right where at most 5 % of what has no answer is answered: {_figure(measures.right_at_5)}.",
        f"Right where at most 10 % of it is: {_figure(measures.right_at_10)}.",
        f"Best MCC {_figure(measures.mcc)}, at a threshold of {measures.mcc_at:.2f}.",
    ]
    if explained:
        lines += [f"{result.mark.value}: {_told(result)}" for result in report.results if not result.right]
    else:
        lines += [f"New miss: {_told(result)}" for result in report.new_misses if result.probe.file.endswith(".yaml")]
    lines += [f"No longer a miss, drop its known_miss: {_told(result)}" for result in report.mended]
    return "\n".join(lines)


def _of(part: int, whole: int) -> str:
    return f"{part} of {whole} ({part / whole:.3f})" if whole else "0 of 0"


def _figure(value: float | None) -> str:
    return "none" if value is None else f"{value:.3f}"


def _told(result: Probed) -> str:
    wanted = " or ".join(result.probe.slugs) or "none"
    found = ", ".join(f"{hit.slug} {hit.score:.2f}" for hit in result.finding.ranked[:3]) or "nothing"
    where = f"{result.probe.file}:{result.probe.line}"
    return f"{where}: '{result.probe.ask}' wants {wanted}, got {result.finding.outcome.value}: {found}"


def _as_json(report: ProbeReport) -> str:
    return json.dumps(
        {
            "asked": report.asked,
            "answerable": report.answerable,
            "answered_right": report.answered_right,
            "answered_wrong": report.answered_wrong,
            "answered_unanswerable": report.answered_unanswerable,
            "suggested_right": report.suggested_right,
            "refused_right": report.refused_right,
            "refused_wrong": report.refused_wrong,
            **asdict(report.quality),
            "new_misses": [result.probe.ask for result in report.new_misses],
        },
        ensure_ascii=False,
    )
