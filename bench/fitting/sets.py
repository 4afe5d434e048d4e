"""The sets that search is fitted on: public question sets, and the content that ships with its own probes.

A set is a folder with `entries.jsonl` and `queries.jsonl`. A folder in it with a `train_all.jsonl` beside them makes
another one of its family, of entries made of all of these utterances. A family is left out together: its members ask
much the same.
"""

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bot.actions.probing import faq_corpus
from bot.catalogue.findable import corpus
from bot.importing import Probe, read_content
from bot.importing.faq import Entry, read_entries, read_queries
from bot.search.corpus import Corpus
from bot.shipped import shipped

CONTENT: Final = "content's probes"


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """What is searched and what is asked."""

    name: str
    family: str
    searched: Corpus
    probes: tuple[Probe, ...]

    @property
    def teaches_refusing(self) -> bool:
        """Return whether it has questions that nothing answers: where there are none, every answer is right or near."""
        return not all(probe.slugs for probe in self.probes)


def all_sets(folder: Path) -> Iterator[QuestionSet]:
    """Yield every set of the folder, and the content that ships."""
    for path in sorted(folder.glob("*/entries.jsonl")):
        family = path.parent
        yield QuestionSet(
            family.name, family.name, faq_corpus(read_entries(path)), read_queries(family / "queries.jsonl")
        )
        for every in sorted(family.glob("*/train_all.jsonl")):
            name, queries = f"{family.name}, all utterances", read_queries(every.parent / "queries.jsonl")
            yield QuestionSet(name, family.name, faq_corpus(_of_utterances(every)), queries)
    content = read_content(shipped("content"))
    yield QuestionSet(CONTENT, CONTENT, corpus(content.records), tuple(content.probes))


def parts(one: QuestionSet, many: int) -> list[tuple[QuestionSet, QuestionSet]]:
    """Return the set's probes so many times parted in two: most, and the others; each is once among the others."""
    numbered = list(enumerate(one.probes))
    return [
        (
            QuestionSet(one.name, one.family, one.searched, tuple(p for place, p in numbered if place % many != turn)),
            QuestionSet(one.name, one.family, one.searched, tuple(p for place, p in numbered if place % many == turn)),
        )
        for turn in range(many)
    ]


def _of_utterances(path: Path) -> Sequence[Entry]:
    """Return an entry for each intent, its utterances the ways to ask for it."""
    asked: defaultdict[str, list[str]] = defaultdict(list)
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        asked[row["intent"]].append(row["text"])
    return [Entry(id=intent, question=first, aliases=tuple(others)) for intent, (first, *others) in asked.items()]
