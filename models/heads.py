"""The linear heads in NumPy: from the encoder's states to logits, and to what each piece adds to them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load_file, save_file

Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Heads:
    """`center` and `spread` (hidden,) standardise a comment's mean state; `weights` (answers, hidden) and `biases`
    (answers,) by task."""

    center: Floats
    spread: Floats
    weights: Mapping[str, Floats]
    biases: Mapping[str, Floats]

    def pool(self, states: Floats, own: Floats) -> Floats:
        """Mean of the comment's own pieces: (comments, hidden), from (comments, length, hidden) and a mask."""
        return np.asarray(np.einsum("clh,cl->ch", states, own) / own.sum(axis=1, keepdims=True))

    def logits(self, pooled: Floats) -> dict[str, Floats]:
        """By task: (comments, answers)."""
        vectors = (pooled - self.center) / self.spread
        return {task: np.asarray(vectors @ weights.T + self.biases[task]) for task, weights in self.weights.items()}

    def shares(self, states: Floats, own: Floats, task: str, answer: int, against: int) -> Floats:
        """What each piece adds to the logit of `answer` less that of `against`: (comments, length), exact."""
        direction = (self.weights[task][answer] - self.weights[task][against]) / self.spread
        return np.asarray((states - self.center) @ direction * own / own.sum(axis=1, keepdims=True))

    def save(self, path: Path) -> None:
        tensors = {"center": self.center, "spread": self.spread}
        for task, weights in self.weights.items():
            tensors |= {f"{task}.weight": weights, f"{task}.bias": self.biases[task]}
        save_file(tensors, path)

    @classmethod
    def load(cls, path: Path) -> Heads:
        """Raises `KeyError` or `SafetensorError` on a file that is none."""
        stored = load_file(path)
        tasks = [name.removesuffix(".weight") for name in stored if name.endswith(".weight")]
        return cls(
            stored["center"],
            stored["spread"],
            {task: stored[f"{task}.weight"] for task in tasks},
            {task: stored[f"{task}.bias"] for task in tasks},
        )
