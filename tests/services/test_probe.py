"""Probes: how each is judged, and what counts as a new miss."""

from bot.domain.base import Kind
from bot.importing import Probe
from bot.search.finding import Finding, Hit, Outcome
from bot.services.probe import Mark, ProbeReport, measured


def probe(ask: str, *slugs: str, known_miss: bool = False) -> Probe:
    """Return a probe that must lead to one of the slugs, or to nothing."""
    return Probe(ask, "talks", slugs, known_miss=known_miss, file="talks/probes.yaml", line=1)


def finding(outcome: Outcome, *slugs: str) -> Finding:
    """Return a finding of these slugs."""
    return Finding(outcome, tuple(Hit(Kind.QUESTION, slug, 0.5) for slug in slugs))


FOUND = {
    "answered": finding(Outcome.ANSWER, "right", "other"),
    "answered by another": finding(Outcome.ANSWER, "other", "right"),
    "offered": finding(Outcome.SUGGESTIONS, "other", "right"),
    "others offered": finding(Outcome.SUGGESTIONS, "other"),
    "refused": finding(Outcome.NONE),
}


def measure(probes: list[Probe]) -> ProbeReport:
    """Return how the probes go, each of which finds what it names."""
    return measured(probes, [FOUND[probe.ask] for probe in probes])


def test_a_probe_with_slugs_is_right_when_one_of_them_is_the_answer() -> None:
    """An answer is right or wrong; a right record among those offered is no miss; nothing at all is one."""
    report = measure([probe(ask, "right", "also-right") for ask in FOUND])
    marks = [result.mark for result in report.results]
    assert marks == [Mark.RIGHT, Mark.WRONG, Mark.SUGGESTED, Mark.NOT_OFFERED, Mark.NOT_OFFERED]
    assert [result.missed for result in report.results] == [False, True, False, True, True]
    assert (report.answered_right, report.answered_wrong, report.suggested_right, report.refused_wrong) == (1, 1, 1, 2)


def test_a_probe_for_nothing_misses_only_when_it_is_answered() -> None:
    """Offering others for what nothing answers is reported and is no miss."""
    report = measure([probe(ask) for ask in FOUND])
    marks = [result.mark for result in report.results]
    assert marks == [Mark.WRONG, Mark.WRONG, Mark.OFFERED, Mark.OFFERED, Mark.REFUSED]
    assert (report.refused_right, report.answered_wrong, report.answered_unanswerable) == (3, 2, 2)
    assert (report.asked, report.answerable) == (5, 0)


def test_only_a_miss_that_is_not_known_is_new() -> None:
    """A known miss fails nothing; one that is found by now is reported as mended."""
    report = measure(
        [
            probe("refused", "right"),
            probe("refused", "right", known_miss=True),
            probe("answered", "right", known_miss=True),
            probe("answered", known_miss=True),
        ],
    )
    assert report.new_misses == report.results[:1]
    assert report.mended == report.results[2:3]


def test_no_probes_make_an_empty_report() -> None:
    """Content without probes is measured without an error."""
    report = measure([])
    assert (report.asked, report.answered_right, report.new_misses) == (0, 0, ())
