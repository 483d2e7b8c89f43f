"""The heads in NumPy: from the encoder's states to what is asked of a text and of each of its pieces."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load_file, save_file

Floats = NDArray[np.float32]


@dataclass(frozen=True)
class MarkHead:
    """For one scheme: `pieces` (marks, hidden) and `whole` (answers, hidden) with their biases; `share` (marks,) is
    what the strongest piece adds to the answer on the whole text."""

    pieces: Floats
    pieces_bias: Floats
    whole: Floats
    whole_bias: Floats
    share: Floats

    def logits(self, states: Floats, own: Floats) -> tuple[Floats, Floats]:
        """Of each piece (texts, length, marks) and of each text (texts, answers), from standardised states (texts,
        length, hidden) and the mask of the text's own pieces (texts, length)."""
        pieces = np.asarray(states @ self.pieces.T + self.pieces_bias)
        pooled = np.einsum("tlh,tl->th", states, own) / own.sum(axis=1, keepdims=True)
        whole = pooled @ self.whole.T + self.whole_bias
        strongest = np.where(own[..., None] > 0, pieces, -np.inf).max(axis=1)
        whole[:, : len(self.share)] += self.share * strongest
        return pieces, np.asarray(whole)


@dataclass(frozen=True)
class MarkHeads:
    """`center` and `spread` (hidden,) standardise the states; one head per scheme; `fit` (size, hidden) takes a text to
    the vector by which comments and fitting sentences find each other."""

    center: Floats
    spread: Floats
    fit: Floats
    heads: Mapping[str, MarkHead]

    def logits(self, scheme: str, states: Floats, own: Floats) -> tuple[Floats, Floats]:
        return self.heads[scheme].logits((states - self.center) / self.spread, own)

    def vectors(self, states: Floats, own: Floats) -> Floats:
        """Unit vectors (texts, size) from states (texts, length, hidden)."""
        pooled = np.einsum("tlh,tl->th", (states - self.center) / self.spread, own) / own.sum(axis=1, keepdims=True)
        found = pooled @ self.fit.T
        return np.asarray(found / np.linalg.norm(found, axis=1, keepdims=True))

    def save(self, path: Path) -> None:
        tensors = {"center": self.center, "spread": self.spread, "fit": self.fit}
        for scheme, head in self.heads.items():
            tensors |= {f"{scheme}.{name}": values for name, values in vars(head).items()}
        save_file(tensors, path)

    @classmethod
    def load(cls, path: Path) -> MarkHeads:
        """Raises `KeyError`, `TypeError` or `SafetensorError` on a file that is none."""
        stored = load_file(path)
        by_scheme: dict[str, dict[str, Floats]] = {}
        for name, values in stored.items():
            if "." in name:
                scheme, field = name.split(".")
                by_scheme.setdefault(scheme, {})[field] = values
        heads = {scheme: MarkHead(**fields) for scheme, fields in by_scheme.items()}
        return cls(stored["center"], stored["spread"], stored["fit"], heads)
