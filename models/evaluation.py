"""Scores with 95 % intervals: macro-F1, AUC, expected calibration error."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import f1_score, roc_auc_score

if TYPE_CHECKING:
    from models.comment import Comment
    from models.example import Example

Array = NDArray[np.float64]
IntArray = NDArray[np.int64]


@dataclass(frozen=True)
class Score:
    """A figure with its bootstrap interval (percentile, 1,000 resamples of whole items, fixed seed)."""

    value: float
    low: float
    high: float

    def __str__(self) -> str:
        return f"{self.value:.3f} [{self.low:.3f}, {self.high:.3f}]"


def macro_f1(truth: IntArray, predicted: IntArray) -> float:
    """Mean F1 over the classes that occur in `truth`."""
    return float(f1_score(truth, predicted, labels=np.unique(truth), average="macro", zero_division=0))


def micro_f1(truth: NDArray[np.bool_], predicted: NDArray[np.bool_]) -> float:
    """F1 over all (item, label) cells of two boolean matrices."""
    return float(f1_score(truth.ravel(), predicted.ravel(), zero_division=0))


def auc(truth: NDArray[np.bool_], score: Array) -> float:
    """Area under the ROC curve; undefined (nan) where only one class occurs, as in an unlucky resample."""
    return float(roc_auc_score(truth, score)) if truth.any() and not truth.all() else float("nan")


def calibration_error(truth: NDArray[np.bool_], probability: Array, bins: int = 10) -> float:
    """Expected calibration error of P(positive) over equally wide bins."""
    which = np.minimum((probability * bins).astype(int), bins - 1)
    error = 0.0
    for number in range(bins):
        inside = which == number
        if inside.any():
            error += inside.mean() * abs(float(truth[inside].mean()) - float(probability[inside].mean()))
    return float(error)


def with_interval(metric: Callable[[IntArray], float], items: int, *, resamples: int = 1000, seed: int = 0) -> Score:
    """Bootstrap `metric`, a function of row numbers, over `items` rows."""
    generator = np.random.default_rng(seed)
    values = [metric(generator.integers(0, items, items)) for _ in range(resamples)]
    low, high = np.nanpercentile(values, [2.5, 97.5])
    return Score(metric(np.arange(items)), float(low), float(high))


class _LogitSource(Protocol):
    labels: Mapping[str, list[str]]

    def logits(self, comments: Sequence[Comment]) -> dict[str, Array]: ...


def validation_score(source: _LogitSource, examples: Sequence[Example]) -> dict[str, float]:
    """The figures that early stopping watches; `mean` weighs the speaker as much as all the rest together."""
    labels = source.labels
    logits = source.logits([example.comment for example in examples])
    firm = np.array([e.speaker != "unclear" for e in examples])
    truth = np.array([labels["speaker"].index(e.speaker) if f else 0 for e, f in zip(examples, firm, strict=True)])
    scores = {"speaker": macro_f1(truth[firm], logits["speaker"].argmax(1)[firm])}
    for task in ("tone", "emotion", "concern"):
        wanted = np.array([labels[task].index(getattr(e, task)) for e in examples])
        scores[task] = macro_f1(wanted, logits[task].argmax(1))
    held = np.array([[name in e.violations for name in labels["violations"]] for e in examples])
    scores["violations"] = micro_f1(held, logits["violations"] > 0)
    rest = [value for name, value in scores.items() if name != "speaker"]
    scores["mean"] = 0.5 * scores["speaker"] + 0.5 * float(np.mean(rest))
    return scores
