"""Probes: questions as people ask them, and the records they must lead to; editors own this test of findability."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Annotated, Final

from pydantic import BeforeValidator, Field, ValidationError

from bot.domain.base import Kind, Model, Slug
from bot.domain.statement import Line
from bot.importing.faults import FileFault, did_you_mean
from bot.importing.lines import Lines
from bot.importing.pydantic_faults import faults_of
from bot.importing.yaml_nodes import Value

KINDS: Final = frozenset({Kind.QUESTION, Kind.AGREEMENT, Kind.PROCESS, Kind.PARTY})
NOTHING: Final = "none"


@dataclass(frozen=True, slots=True)
class Probe:
    """A question that somebody asks in `process`, and the records any of which answers it; no slug: nothing does.

    A known miss is one that is not found today, as its editor knows.
    """

    ask: str
    process: str
    slugs: tuple[str, ...]
    known_miss: bool
    file: str
    line: int


def _listed(value: object) -> object:
    return (value,) if isinstance(value, str) else value


class _Written(Model):
    """A probe as a file writes it."""

    ask: Line
    slug: Annotated[tuple[Slug, ...], BeforeValidator(_listed), Field(min_length=1)]
    known_miss: bool = False


def read_probe(value: Value, process: str, file: str, lines: Lines) -> Probe | tuple[FileFault, ...]:
    """Return the probe that `value` describes, or all that is wrong with it."""
    try:
        written = _Written.model_validate(value)
    except ValidationError as error:
        return tuple(faults_of(error, _Written, file, lines).values())
    slugs = tuple(str(slug) for slug in written.slug)
    if NOTHING in slugs and len(slugs) > 1:
        return (FileFault(file, lines.at(("slug",)), "'none' beside other slugs", "name the slugs, or only none"),)
    expected = () if NOTHING in slugs else slugs
    return Probe(written.ask, process, expected, written.known_miss, file, lines.at())


def asked_twice(probes: Iterable[Probe]) -> Iterator[FileFault]:
    """Yield a fault for each probe that asks what another one of its process asks."""
    first: dict[tuple[str, str], Probe] = {}
    for probe in probes:
        kept = first.setdefault((probe.process, " ".join(probe.ask.casefold().split())), probe)
        if kept is not probe:
            problem = f"this is asked already in {kept.file}:{kept.line}"
            yield FileFault(probe.file, probe.line, problem, "remove one, or list all its slugs in one")


def lead_nowhere(probes: Iterable[Probe], known: Collection[str]) -> Iterator[FileFault]:
    """Yield a fault for each slug of a probe that none of the `known` ones is."""
    for probe in probes:
        for slug in probe.slugs:
            if slug not in known:
                remedy = did_you_mean(slug, known, "name a question, agreement, process or party, or none")
                yield FileFault(probe.file, probe.line, f"no record '{slug}' to lead to", remedy)
