"""Weights on an 8-bit grid: whole numbers of one step per row (symmetric, per output channel).

The grid is the one that NNCF chooses for symmetric 8-bit weights, so that compressing weights that lie on it changes
nothing.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Steps = NDArray[np.int8]
Scales = NDArray[np.float16]


def to_grid(weights: Floats) -> tuple[Steps, Scales]:
    """Matrix (rows, columns) to whole steps (rows, columns) and the step of each row (rows, 1).

    The largest weight of a row lies 128 steps out on the negative side; the step carries the sign.
    """
    largest = np.take_along_axis(weights, np.abs(weights).argmax(axis=1, keepdims=True), axis=1)
    scales = (largest / -128).astype(np.float16)
    steps = np.divide(weights, scales, where=scales != 0, out=np.zeros_like(weights))
    return np.clip(np.round(steps), -128, 127).astype(np.int8), scales


def from_grid(steps: Steps, scales: Scales) -> Floats:
    return steps.astype(np.float32) * scales.astype(np.float32)
