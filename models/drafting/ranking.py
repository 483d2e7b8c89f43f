"""How well a phrase fits a comment: cosine of their vectors in the classifier's own encoder, once per phrase."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load_file, save_file

from models.comment import Comment
from models.encoders.grid import from_grid, to_grid
from prompts.phrases import Phrase

PHRASES_FILE = "phrases.safetensors"
Vector = NDArray[np.float64]


class _Embedder(Protocol):
    def embed(self, texts: Sequence[str]) -> NDArray[np.float64]: ...


class PhraseRanker:
    """Keeps the vector of each phrase. `stored` is a file written at training time; edited phrases are added alone."""

    def __init__(self, embedder: _Embedder, stored: Path | None = None) -> None:
        self._embedder = embedder
        self._vectors: dict[bytes, Vector] = {}
        if stored is not None and stored.exists():
            found = load_file(stored)
            vectors = from_grid(found["steps"], found["scales"]).astype(np.float64)
            self._vectors = dict(zip(map(bytes, found["keys"]), vectors, strict=True))

    def similarities(self, comment: Comment, phrases: Sequence[Phrase]) -> list[float]:
        """Cosine (-1 to 1) of the comment with each phrase."""
        self.prepare(phrases)
        (own,) = self._embedder.embed([comment.text])
        return [float(own @ self._vectors[_key(phrase)]) for phrase in phrases]

    def prepare(self, phrases: Iterable[Phrase]) -> None:
        """Embed the phrases not yet known."""
        missing = {_key(phrase): phrase.jij for phrase in phrases if _key(phrase) not in self._vectors}
        if missing:
            self._vectors.update(zip(missing, self._embedder.embed(list(missing.values())), strict=True))

    def store(self, path: Path) -> None:
        """Eight bits a number: a cosine moves by about 0.001."""
        keys = sorted(self._vectors)
        steps, scales = to_grid(np.array([self._vectors[key] for key in keys], dtype=np.float32))
        save_file({"keys": np.array([list(key) for key in keys], np.uint8), "steps": steps, "scales": scales}, path)


def _key(phrase: Phrase) -> bytes:
    return hashlib.sha256(phrase.jij.encode("utf-8")).digest()[:8]
