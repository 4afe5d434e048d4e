"""Whether readers would still find the right record: the gate's judgement of what the search would make of a change.

These are warnings: the search can err, and an owner who knows better may publish over one. The rules know the search
only by what it answers, so that they stay pure.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from bot.domain.base import Kind, Path
from bot.domain.gate import GateWarning, Key, World
from bot.domain.question import Question

_REMEDY: Final = "word the two so that they differ, or make this a paraphrase of the other"


@dataclass(frozen=True, slots=True)
class Found:
    """What a reader's words find: the record that is told, None where none is certain; and the nearest, best first."""

    told: Key | None
    nearest: tuple[Key, ...] = ()


class Findability(Protocol):
    """What readers find in a world."""

    def find(self, words: str, process: str) -> Found:
        """Return what the words find, asked in a chat that follows the process."""


class Probe(Protocol):
    """A question that somebody asks in a process, and the slugs of all records that answer it; none: nothing does."""

    @property
    def ask(self) -> str:
        """Return the words."""

    @property
    def process(self) -> str:
        """Return the process that the chat follows."""

    @property
    def slugs(self) -> tuple[str, ...]:
        """Return the slugs of what answers it."""

    @property
    def known_miss(self) -> bool:
        """Return whether its editor knows that it is found wrong."""


def misled(
    world: World,
    changed: Collection[Key],
    probes: Iterable[Probe],
    *,
    before: Findability,
    after: Findability,
) -> tuple[GateWarning, ...]:
    """Return a warning for each probe that is newly answered wrongly, and each question taken for another one.

    `world` is all that would be published, `changed` names what of it is new or other than before.
    """
    return tuple(_of_probes(probes, before, after)) + tuple(_of_questions(world, changed, before, after))


def _of_probes(probes: Iterable[Probe], before: Findability, after: Findability) -> Iterator[GateWarning]:
    for probe in probes:
        told = after.find(probe.ask, probe.process).told
        if told is None or told[1] in probe.slugs or probe.known_miss:
            continue
        earlier = before.find(probe.ask, probe.process).told
        if earlier is None or earlier[1] in probe.slugs:
            right = " or ".join(f"'{slug}'" for slug in probe.slugs) or "nothing here"
            problem = f"who asks “{probe.ask}” would get this, but {right} answers that"
            yield GateWarning(*told, (), problem, "take out what makes them alike, or add paraphrases to the right one")


def _of_questions(
    world: World, changed: Collection[Key], before: Findability, after: Findability
) -> Iterator[GateWarning]:
    for key in changed:
        record = world.get(key)
        if isinstance(record, Question):
            yield from _taken_for_another(record, key, world, after)
            yield from _taking_anothers(record, key, world, before, after)


def _taken_for_another(question: Question, key: Key, world: World, after: Findability) -> Iterator[GateWarning]:
    """Yield a warning for each way to ask the question that finds another record."""
    for path, words in ways_to_ask(question):
        told = after.find(words, question.process).told
        if told not in {None, key}:
            yield GateWarning(*key, path, f"who asks “{words}” would get {_named(told, world)}", _REMEDY)


def _taking_anothers(
    question: Question, key: Key, world: World, before: Findability, after: Findability
) -> Iterator[GateWarning]:
    """Yield a warning for each wording of the nearest questions that would now find this one instead."""
    found = (after.find(words, question.process).nearest for _, words in ways_to_ask(question))
    for other in dict.fromkeys(key for nearest in found for key in nearest):
        near = world.get(other)
        if other == key or not isinstance(near, Question):
            continue
        for _, words in ways_to_ask(near):
            if after.find(words, near.process).told == key != before.find(words, near.process).told:
                problem = f"who asks “{words}” would get this instead of {_named(other, world)}"
                yield GateWarning(*key, ("question",), problem, _REMEDY)


def ways_to_ask(question: Question) -> Sequence[tuple[Path, str]]:
    """Return each wording of the question with the path where it stands."""
    paraphrases = ((("paraphrases", place), words) for place, words in enumerate(question.paraphrases))
    return [(("question",), question.question), *paraphrases]


def _named(key: Key | None, world: World) -> str:
    record = world.get(key) if key else None
    if isinstance(record, Question):
        return f"the answer to “{record.question}”"
    kind, slug = key or (Kind.QUESTION, "")
    return f"the {kind} '{slug}'"
