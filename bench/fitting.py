"""Fitting: `python -m bench.fitting FOLDER …` finds the weights of bot/search/weighing.py on public question sets.

First the weights of the sum, so that the right entry comes first (a softmax over the entries, each set counting alike);
then, from the first entry's sum and its lead on the second, the probability that it is right (logistic regression).
`--without SET` leaves a set out, to see on it what weights are worth that it had no part in. The weights of the doubts
were set on content's probes: public sets have no parties, and most no answers that could give what is asked for.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from bot.actions.probing import faq_corpus
from bot.importing.faq import read_entries, read_queries
from bot.search.index import Index
from bot.search.understanding import encoded
from bot.search.vectors import Vectors
from bot.search.weighing import MOST_LEAD

_ROUNDS = 300
_STEP = 0.2
_HELD_BACK = 3e-3  # how much a weight costs


def main(arguments: Sequence[str] | None = None) -> int:
    """Fit and print; returns 0."""
    parser = argparse.ArgumentParser(description="Fit the weights of search on folders of question sets.")
    parser.add_argument("folders", nargs="+", type=Path, help="each with entries.jsonl and queries.jsonl")
    parser.add_argument("--without", default="", help="the name of a folder to leave out")
    chosen = parser.parse_args(arguments)
    sets = [_measures(folder) for folder in chosen.folders if folder.name != chosen.without]
    weights = _ranking(sets)
    print("MEANT, TOLD, LETTERS, WORDS, CHOSEN =", np.round(weights, 2))
    print("SUM, LEAD, START =", np.round(_certainty(sets, weights), 2))
    return 0


def _measures(folder: Path) -> tuple[Vectors, Vectors]:
    """Return the five measures of each entry for each question, and which of the entries are right, shares of 1."""
    probes = read_queries(folder / "queries.jsonl")
    searched = faq_corpus(read_entries(folder / "entries.jsonl"))
    index = Index(searched, lambda texts: encoded(tuple(texts)))
    vectors = encoded([index.meant(probe.ask) for probe in probes])
    if vectors is None:
        raise SystemExit("The model's weights are not installed.")
    measures = [index.measures(probe.ask, vector) for probe, vector in zip(probes, vectors, strict=True)]
    slugs = [document.slug for document in searched.documents]
    right = np.array([[slug in probe.slugs for slug in slugs] for probe in probes], np.float32)
    return np.stack(measures), right / np.maximum(right.sum(1, keepdims=True), 1)


def _ranking(sets: Sequence[tuple[Vectors, Vectors]]) -> Vectors:
    """Return the weights that make the right entries likeliest, none below 0, by gradient descent (Adam)."""
    weights = np.ones(5)
    mean, square = np.zeros(5), np.zeros(5)
    answerable = [(measures[right.any(1)], right[right.any(1)]) for measures, right in sets]
    for turn in range(1, _ROUNDS + 1):
        slope = _HELD_BACK * weights
        for measures, right in answerable:
            sums = measures @ weights
            shares = np.exp(sums - sums.max(1, keepdims=True))
            shares /= shares.sum(1, keepdims=True)
            slope = slope + np.einsum("qd,qdf->f", shares - right, measures) / len(right) / len(sets)
        mean, square = 0.9 * mean + 0.1 * slope, 0.999 * square + 0.001 * slope**2
        step = (mean / (1 - 0.9**turn)) / (np.sqrt(square / (1 - 0.999**turn)) + 1e-8)
        weights = np.maximum(weights - _STEP * step, 0)
    return weights.astype(np.float32)


def _certainty(sets: Sequence[tuple[Vectors, Vectors]], weights: Vectors) -> Vectors:
    """Return what sum and lead count for, and the start by Newton's method; of no use where all has an answer."""
    rows, truths, counts = [], [], []
    for measures, right in sets:
        if right.any(1).all():
            continue
        ranked = np.sort(measures @ weights, axis=1)
        lead = np.minimum(ranked[:, -1] - ranked[:, -2], MOST_LEAD)
        rows.append(np.column_stack([ranked[:, -1], lead, np.ones(len(lead))]))
        best = (measures @ weights).argmax(1)
        truths.append(right[np.arange(len(best)), best] > 0)
        counts.append(np.full(len(best), 1 / len(best)))
    all_rows, truth, count = np.vstack(rows), np.concatenate(truths), np.concatenate(counts)
    found = np.zeros(3)
    for _ in range(30):
        likely = 1 / (1 + np.exp(-all_rows @ found))
        bend = (all_rows * (count * likely * (1 - likely))[:, None]).T @ all_rows + 1e-4 * np.eye(3)
        found = found - np.linalg.solve(bend, all_rows.T @ (count * (likely - truth)))
    return found.astype(np.float32)


if __name__ == "__main__":
    sys.exit(main())
