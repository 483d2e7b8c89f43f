"""How well marks, names and levels match what readers marked; and thresholds fitted on validation texts.

With two readers, the first one's labels are the truth: the second shows how far readers agree.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from models.encoding import clean
from models.evaluation import Score, micro_f1, with_interval
from models.marking.example import FittingPair, Labelling, MarkedExample
from models.marking.marked import MarkedText
from models.marking.scheme import Scheme

Booleans = NDArray[np.bool_]
_GRID = np.arange(0.15, 0.81, 0.02)
_FLOORS = (0.0, 0.3, 0.5, 0.7, 0.9)
_NOTHING = 0.002


@dataclass(frozen=True)
class MarkScores:
    """`spans` is the micro-F1 over single characters of the marks whose name both sides gave."""

    names: Score
    spans: float
    within_one: Score
    clean_left_alone: Score
    by_name: dict[str, tuple[float, int]]


def truth_of(examples: Sequence[MarkedExample], names: Sequence[str]) -> Booleans:
    """(texts, names): whether the first reader gave the name."""
    return np.array([[name in example.labellings[0].names for name in names] for example in examples])


def held_in(found: Sequence[MarkedText], names: Sequence[str]) -> Booleans:
    """(texts, names): whether the marker gave the name."""
    return np.array(
        [[name in {mark.name for mark in text.marks} | set(text.wholes) for name in names] for text in found]
    )


def mark_scores(names: Sequence[str], examples: Sequence[MarkedExample], found: Sequence[MarkedText]) -> MarkScores:
    """Scores over `names` (a part of the scheme's)."""
    truth, held = truth_of(examples, names), held_in(found, names)
    gap = np.array([abs(round(f.level) - e.labellings[0].level) for f, e in zip(found, examples, strict=True)])
    harmless = truth.sum(axis=1) == 0
    left = held.sum(axis=1) == 0
    items = len(examples)

    def left_alone(rows: NDArray[np.int64]) -> float:
        chosen = rows[harmless[rows]]
        return float(left[chosen].mean()) if len(chosen) else float("nan")

    return MarkScores(
        names=with_interval(lambda rows: micro_f1(truth[rows], held[rows]), items),
        spans=_span_f1(names, examples, found),
        within_one=with_interval(lambda rows: float((gap[rows] <= 1).mean()), items),
        clean_left_alone=with_interval(left_alone, items),
        by_name={
            name: (micro_f1(truth[:, column], held[:, column]), int(truth[:, column].sum()))
            for column, name in enumerate(names)
        },
    )


def fit_thresholds(scheme: Scheme, examples: Sequence[MarkedExample], found: Sequence[MarkedText]) -> Scheme:
    """The scheme with, for each name, the threshold of best F1 on held-out texts, drawn halfway to the one that is best
    for all together: a rare name's own best is half noise."""
    names = [*scheme.marks, *scheme.wholes]
    truth = truth_of(examples, names)
    scores = np.array([[text.probabilities[name] for name in names] for text in found])
    common = max(_GRID, key=lambda line: micro_f1(truth, scores >= line))
    own = [
        max(_GRID, key=lambda line: (micro_f1(truth[:, column], scores[:, column] >= line), -abs(line - common)))
        for column in range(len(names))
    ]
    lines = {name: round(float(line + common) / 2, 3) for name, line in zip(names, own, strict=True)}
    held = scores >= np.array(list(lines.values()))
    marks = len(scheme.marks)

    def f1(floor: float) -> float:
        above = np.array([text.level >= floor for text in found])
        return micro_f1(truth[:, :marks], held[:, :marks] & above[:, None])

    # What the text as a whole does not bear out is a false alarm: the highest floor that costs nothing.
    floor = max(line for line in _FLOORS if f1(line) >= f1(0.0) - _NOTHING)
    return replace(scheme, thresholds=lines, floor=floor)


def _span_f1(names: Sequence[str], examples: Sequence[MarkedExample], found: Sequence[MarkedText]) -> float:
    both = said = meant = 0
    for example, text in zip(examples, found, strict=True):
        labelling = example.labellings[0]
        for name in {mark.name for mark in text.marks} & labelling.names & set(names):
            own = {place for mark in text.marks if mark.name == name for place in range(mark.start, mark.end)}
            theirs = _places(labelling, name, clean(example.passage.text))
            both, said, meant = both + len(own & theirs), said + len(own), meant + len(theirs)
    return 2 * both / (said + meant) if said + meant else 1.0


def _places(labelling: Labelling, name: str, text: str) -> set[int]:
    places: set[int] = set()
    for other, span in labelling.marks:
        start = text.find(clean(span))
        if other == name and start >= 0:
            places |= set(range(start, start + len(clean(span))))
    return places


def fit_ranks(pairs: Sequence[FittingPair], comments: NDArray[np.float64], sentences: NDArray[np.float64]) -> float:
    """Mean reciprocal rank of the first sentence written for a comment among all sentences of the same step; the
    vectors (pairs, size) stand in the order of the pairs."""
    ranks = []
    for row, pair in enumerate(pairs):
        rivals = [other for other, candidate in enumerate(pairs) if candidate.step == pair.step]
        near = sentences[rivals] @ comments[row]
        own = max(near[place] for place, other in enumerate(rivals) if pairs[other].comment == pair.comment)
        ranks.append(1 / (1 + int((near > own).sum())))
    return float(np.mean(ranks))
