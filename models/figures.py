"""Two figures for the docs: does a probability mean what it says, and what does doubt buy?"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray

from models.calibration import troll_targets
from models.decision import DecisionPolicy
from models.example import Example

FloatArray = NDArray[np.float64]


def draw_reliability(troll: FloatArray, examples: Sequence[Example], path: Path, bins: int = 10) -> Path:
    """Share of trolls among firm items per bin of P(troll); `troll` is (items,). Bars: items per bin."""
    firm = np.array([example.speaker != "unclear" for example in examples])
    truth, probability = troll_targets(examples)[firm], troll[firm]
    which = np.minimum((probability * bins).astype(int), bins - 1)
    filled = [number for number in range(bins) if (which == number).any()]
    figure, axes = plt.subplots(figsize=(5, 5))
    axes.plot([0, 1], [0, 1], color="grey", linestyle=":")
    axes.plot(
        [probability[which == number].mean() for number in filled],
        [truth[which == number].mean() for number in filled],
        marker="o",
    )
    axes.bar((np.arange(bins) + 0.5) / bins, np.bincount(which, minlength=bins) / len(which), width=0.09, alpha=0.3)
    axes.set(xlabel="P(troll) that the classifier gives", ylabel="share that is a troll", xlim=(0, 1), ylim=(0, 1))
    return _save(figure, path)


def draw_risk_coverage(troll: FloatArray, examples: Sequence[Example], policy: DecisionPolicy, path: Path) -> Path:
    """Share of wrong verdicts against the share of comments that get one, surest first; dots are the fitted rates.

    An item on which moderators split counts as half wrong, whatever is said.
    """
    targets = troll_targets(examples)
    wrong = np.where(troll >= 0.5, 1 - targets, targets)
    order = np.argsort(-np.abs(troll - 0.5))
    coverage = np.arange(1, len(order) + 1) / len(order)
    figure, axes = plt.subplots(figsize=(6, 4))
    axes.plot(coverage, np.cumsum(wrong[order]) / np.arange(1, len(order) + 1))
    for rate in policy.bands:
        said = np.array([policy.at(float(rate)).speaker(probability) != "unclear" for probability in troll])
        if said.any():
            axes.plot(said.mean(), wrong[said].mean(), "o", color="tab:red")
            axes.annotate(rate, (said.mean(), wrong[said].mean()), textcoords="offset points", xytext=(4, 6))
    axes.set(xlabel="share of comments that get a firm verdict", ylabel="share of those that is wrong", xlim=(0, 1))
    axes.set_ylim(bottom=0)
    return _save(figure, path)


def _save(figure: Figure, path: Path) -> Path:
    figure.savefig(path, bbox_inches="tight", metadata={"Date": None})
    plt.close(figure)
    return path
