"""Fit on validation data what turns logits into decisions: temperature, thresholds, the band of doubt.

Temperature scaling: Guo et al. 2017. Items on which careful moderators split count as half and half.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
import torch
from numpy.typing import NDArray

from models.comment import Comment
from models.decision import DecisionPolicy
from models.evaluation import macro_f1, micro_f1
from models.example import Example

# Below this many positives a fitted threshold is noise.
_ENOUGH = 12
_DEFAULT_THRESHOLD = 0.4
# The best F1 of a rare rule may lie at one in six; but a person told wrongly that he threatened is not won back.
_LOWEST_THRESHOLD = 0.35


class _Source(Protocol):
    def logits(self, comments: Sequence[Comment]) -> dict[str, torch.Tensor]: ...

    def speaker_targets(self, examples: Sequence[Example]) -> torch.Tensor: ...


def calibrate(source: _Source, examples: Sequence[Example], violations: Sequence[str]) -> tuple[float, DecisionPolicy]:
    """Temperature and policy of a trained network, from examples it never saw."""
    logits = source.logits([example.comment for example in examples])
    temperature = fit_temperature(logits["speaker"], source.speaker_targets(examples))
    troll = torch.softmax(logits["speaker"] / temperature, 1)[:, 1].double().numpy()
    return temperature, fit_policy(troll, logits["violations"].sigmoid().double().numpy(), examples, violations)


def fit_temperature(logits: torch.Tensor, targets: torch.Tensor) -> float:
    """The temperature that minimises the cross-entropy of (items, classes) logits against soft targets."""
    log_temperature = torch.zeros(1, requires_grad=True)
    optimizer = torch.optim.LBFGS([log_temperature], lr=0.1, max_iter=100)

    def closure() -> torch.Tensor:
        optimizer.zero_grad()
        loss = torch.nn.functional.cross_entropy(logits / log_temperature.exp(), targets)
        loss.backward()  # type: ignore[no-untyped-call]
        return loss

    optimizer.step(closure)  # type: ignore[no-untyped-call]
    return float(log_temperature.exp().detach())


def fit_policy(
    troll: NDArray[np.float64], violations: NDArray[np.float64], examples: Sequence[Example], names: Sequence[str]
) -> DecisionPolicy:
    """`troll` are calibrated probabilities (items,), `violations` probabilities (items, rules)."""
    margin = _best_margin(troll, examples)
    thresholds = {}
    for column, name in enumerate(names):
        truth = np.array([name in example.violations for example in examples])
        thresholds[name] = _best_threshold(truth, violations[:, column])
    return DecisionPolicy(citizen_below=0.5 - margin, troll_above=0.5 + margin, violations=thresholds)


def _best_margin(troll: NDArray[np.float64], examples: Sequence[Example]) -> float:
    """Half the band of doubt, symmetric around 0.5, with the best three-way macro-F1."""
    order = {"citizen": 0, "unclear": 1, "troll": 2}
    truth = np.array([order[example.speaker] for example in examples])
    margins = np.arange(0.02, 0.40, 0.02)
    scores = [
        macro_f1(truth, np.where(troll >= 0.5 + margin, 2, np.where(troll <= 0.5 - margin, 0, 1))) for margin in margins
    ]
    # A flat optimum: the middle of all margins that are as good as the best keeps it from hanging on one item.
    good = margins[np.array(scores) >= max(scores) - 0.003]
    return round(float(np.median(good)), 3)


def _best_threshold(truth: NDArray[np.bool_], score: NDArray[np.float64]) -> float:
    if truth.sum() < _ENOUGH:
        return _DEFAULT_THRESHOLD
    candidates = np.arange(_LOWEST_THRESHOLD, 0.81, 0.025)
    f1 = [micro_f1(truth, score >= candidate) for candidate in candidates]
    good = candidates[np.array(f1) >= max(f1) - 0.01]
    return round(float(np.median(good)), 3)
