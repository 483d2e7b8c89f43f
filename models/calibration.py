"""Fit on validation data what turns logits into decisions: temperature, thresholds, the bands of doubt.

Sources: temperature scaling, Guo et al. 2017; the bands by the finite-sample bound of conformal risk control,
Angelopoulos et al. 2022. Items on which careful moderators split count as half and half.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar
from scipy.special import expit, log_softmax, softmax

from models.decision import DecisionPolicy
from models.evaluation import macro_f1, micro_f1
from models.example import Example

FloatArray = NDArray[np.float64]
ERROR_RATES = (0.02, 0.05, 0.08, 0.10, 0.12, 0.15, 0.20)
# Below this many positives a fitted threshold is noise.
_ENOUGH = 12
_DEFAULT_THRESHOLD = 0.4
# The best F1 of a rare rule may lie at one in six; but a person told wrongly that he threatened is not won back.
_LOWEST_THRESHOLD = 0.35
# These two may be punishable and touch on safety: of thresholds that are about equally good, the lowest.
_NOT_TO_MISS = frozenset({"hate", "threat"})


def calibrate(
    logits: Mapping[str, FloatArray], examples: Sequence[Example], labels: Mapping[str, list[str]]
) -> tuple[float, DecisionPolicy]:
    """Temperature and policy, from the logits by task (items, answers) of examples that training never saw."""
    column = labels["speaker"].index("troll")
    doubt = troll_targets(examples)
    targets = np.stack([doubt if answer == column else 1 - doubt for answer in range(2)], axis=1)
    temperature = fit_temperature(logits["speaker"], targets)
    troll = softmax(logits["speaker"] / temperature, axis=1)[:, column]
    return temperature, fit_policy(troll, expit(logits["violations"]), examples, labels["violations"])


def troll_targets(examples: Sequence[Example]) -> FloatArray:
    """The share of careful moderators who would say troll: 0, a half, or 1 (items,)."""
    return np.array([{"citizen": 0.0, "unclear": 0.5, "troll": 1.0}[example.speaker] for example in examples])


def fit_temperature(logits: FloatArray, targets: FloatArray) -> float:
    """The temperature that minimises the cross-entropy of logits against soft targets, both (items, answers)."""

    def loss(log_temperature: float) -> float:
        return float(-(targets * log_softmax(logits / np.exp(log_temperature), axis=1)).sum(axis=1).mean())

    return float(np.exp(minimize_scalar(loss, bounds=(-3, 3), method="bounded").x))


def fit_policy(
    troll: FloatArray, violations: FloatArray, examples: Sequence[Example], names: Sequence[str]
) -> DecisionPolicy:
    """`troll` are calibrated probabilities (items,), `violations` probabilities (items, rules)."""
    targets = troll_targets(examples)
    margin = _best_margin(troll, targets)
    bands = {}
    for rate in ERROR_RATES:
        citizen, is_troll = _lowest_safe(1 - troll, targets, rate), _lowest_safe(troll, 1 - targets, rate)
        bands[f"{rate:.2f}"] = (round(1 - max(citizen, 0.5 + margin), 4), max(is_troll, 0.5 + margin))
    thresholds = {}
    for column, name in enumerate(names):
        truth = np.array([name in example.violations for example in examples])
        thresholds[name] = _best_threshold(truth, violations[:, column], lowest=name in _NOT_TO_MISS)
    return DecisionPolicy(bands, thresholds)


def _best_margin(troll: FloatArray, targets: FloatArray) -> float:
    """Half the narrowest band around 0.5 that tells citizen, troll and doubtful apart about best (macro-F1).

    The mean error of all firm verdicts may be low enough while the least sure of them are little better than a coin:
    those are no firm verdicts.
    """
    truth = (2 * targets).astype(np.int64)
    margins = np.arange(0.02, 0.40, 0.02)
    scores = [macro_f1(truth, 1 + (troll >= 0.5 + m).astype(np.int64) - (troll <= 0.5 - m)) for m in margins]
    # The optimum is flat, and doubt costs a moderator time: no more of it than pays.
    return round(float(margins[np.array(scores) >= max(scores) - 0.01].min()), 3)


def _lowest_safe(probability: FloatArray, wrong: FloatArray, rate: float) -> float:
    """The lowest bound from which on the verdict is wrong for at most `rate` of the items above it.

    `wrong` is the share of moderators who would disagree with the verdict on each item.
    """
    order = np.argsort(-probability)
    # One more item, wrong, is added to those seen: so small a sample promises no more than it can keep.
    risk = (np.cumsum(wrong[order]) + 1) / (np.arange(len(order)) + 2)
    safe = np.flatnonzero((risk <= rate) & (probability[order] >= 0.5))
    return round(float(probability[order][safe[-1]]), 4) if len(safe) else 1.0


def _best_threshold(truth: NDArray[np.bool_], score: FloatArray, *, lowest: bool) -> float:
    if truth.sum() < _ENOUGH:
        return _DEFAULT_THRESHOLD
    candidates = np.arange(_LOWEST_THRESHOLD, 0.81, 0.025)
    f1 = [micro_f1(truth, score >= candidate) for candidate in candidates]
    good = candidates[np.array(f1) >= max(f1) - 0.01]
    return round(float(good.min() if lowest else np.median(good)), 3)
