"""`python -m bench.fitting FOLDER`: the weights that ship, and what they are worth where they were not fitted.

Every family of sets is left out once: the weights are fitted on all others, and its probes asked with these. Of the
content's probes, which alone tell of parties and of near misses, a fifth is left out at a time as well. At last the
weights are fitted on all; they stand in `bot/search/weighing.py`, and this says whether they still do.
"""

import argparse
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from bench.fitting.fit import Fitting
from bench.fitting.kept import Kept
from bench.fitting.reliability import reliability
from bench.fitting.sets import CONTENT, QuestionSet, all_sets, parts
from bench.table import Table, lines
from bot.search.weighing import BY_MEANING, BY_WORDS
from bot.services.probe import ProbeReport

_FOLDS: Final = 5
_A_FIFTH: Final = ", a fifth"


def main(arguments: Sequence[str] | None = None) -> int:
    """Fit and print; returns 1 where other weights ship than these sets give."""
    parser = argparse.ArgumentParser(description="Fit the weights of search, and measure them on sets left out.")
    parser.add_argument("folder", type=Path, help="holds the sets, each a folder")
    parser.add_argument("--embeddings", type=Path, default=Path(tempfile.gettempdir(), "parley-embeddings"))
    parser.add_argument("--by-words", action="store_true", help="fit what counts without the model")
    chosen = parser.parse_args(arguments)
    sets = tuple(all_sets(chosen.folder))
    fitting = Fitting(Kept(chosen.embeddings), by_words=chosen.by_words)
    reports = dict(_left_out(fitting, sets))
    for table in (_quality(reports), _answered(reports), _reliable(reports), _bins(reports)):
        print(*lines(table), "", sep="\n")
    found, ships = fitting.fit(sets), BY_WORDS if chosen.by_words else BY_MEANING
    print(f"On all sets: {found}")
    print("These weights ship." if found == ships else f"Other weights ship: {ships}")
    return int(found != ships)


def _left_out(fitting: Fitting, sets: Sequence[QuestionSet]) -> Iterator[tuple[str, ProbeReport]]:
    """Yield each set's report with weights that its family had no part in."""
    for family in dict.fromkeys(one.family for one in sets):
        weighing = fitting.fit([one for one in sets if one.family != family])
        yield from ((one.name, fitting.report(one, weighing)) for one in sets if one.family == family)
    others, content = [one for one in sets if one.name != CONTENT], next(one for one in sets if one.name == CONTENT)
    asked = [fitting.report(rest, fitting.fit([*others, most])) for most, rest in parts(content, _FOLDS)]
    yield CONTENT + _A_FIFTH, ProbeReport(tuple(result for report in asked for result in report.results))


def _quality(reports: dict[str, ProbeReport]) -> Table:
    found = [(name, report.quality) for name, report in reports.items()]
    rows = tuple(
        (name, *map(_figure, (q.first, q.among_three, q.auroc, q.right_at_5, q.right_at_10, q.mcc, q.mcc_at)))
        for name, q in found
    )
    return Table(
        "Left out: whatever the threshold", ("set", "R@1", "R@3", "AUROC", "at 5 %", "at 10 %", "MCC", "at"), rows
    )


def _answered(reports: dict[str, ProbeReport]) -> Table:
    rows = []
    for name, report in reports.items():
        nothing, something = report.asked - report.answerable, report.answerable
        wrong = report.answered_wrong - report.answered_unanswerable
        counted = (report.answered_right, wrong, report.suggested_right, report.refused_wrong)
        answered = _figure(report.answered_unanswerable / nothing if nothing else None)
        rows.append((name, *(_figure(many / something) for many in counted), answered))
    columns = ("set", "right", "by another", "offered", "neither", "nothing answers it")
    note = "Of what has an answer: answered right, by another record, offered, neither. Of what has none: answered."
    return Table("Left out: at the threshold that ships", columns, tuple(rows), (note,))


def _reliable(reports: dict[str, ProbeReport]) -> Table:
    rows = []
    for name, report in reports.items():
        half, as_is = (reliability([report], half=half) for half in (True, False))
        rows.append((name, *map(_figure, (half.error, half.brier, as_is.error, as_is.brier))))
    columns = ("set", "error, half", "Brier, half", "error, as it is", "Brier, as it is")
    return Table("Left out: calibration, as if half had an answer and as it is", columns, tuple(rows))


def _bins(reports: dict[str, ProbeReport]) -> Table:
    refusing = [one for name, one in reports.items() if one.answerable < one.asked and not name.endswith(_A_FIFTH)]
    together = reliability(refusing, half=True)
    rows = tuple((f"{said:.2f}", _figure(was)) for said, was in together.bins)
    return Table(
        "Left out: all sets with questions that nothing answers together", ("said to be so likely", "right"), rows
    )


def _figure(value: float | None) -> str:
    return "" if value is None else f"{value:.3f}"


if __name__ == "__main__":
    sys.exit(main())
