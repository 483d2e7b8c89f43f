"""How well a sentence fits a comment: cosine of the vectors that were learnt for it, once per sentence."""

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

PHRASES_FILE = "phrases.safetensors"
Vector = NDArray[np.float64]


class _Embedder(Protocol):
    def embed(self, texts: Sequence[str]) -> NDArray[np.float64]: ...


class PhraseRanker:
    """Keeps the vector of each sentence. `stored` is a file written at training time; edited ones are added alone."""

    def __init__(self, embedder: _Embedder, stored: Path | None = None) -> None:
        self._embedder = embedder
        self._vectors: dict[bytes, Vector] = {}
        # Several drafts are asked for one comment.
        self._last: tuple[str, Vector] | None = None
        if stored is not None and stored.exists():
            found = load_file(stored)
            vectors = from_grid(found["steps"], found["scales"]).astype(np.float64)
            self._vectors = dict(zip(map(bytes, found["keys"]), vectors, strict=True))

    def similarities(self, comment: Comment, sentences: Sequence[str]) -> list[float]:
        """Cosine (-1 to 1) of the comment with each sentence."""
        if not sentences:
            return []
        self.prepare(sentences)
        if self._last is None or self._last[0] != comment.text:
            (vector,) = self._embedder.embed([comment.text])
            self._last = (comment.text, vector)
        return [float(self._last[1] @ self._vectors[_key(sentence)]) for sentence in sentences]

    def prepare(self, sentences: Iterable[str]) -> None:
        """Embed the sentences not yet known."""
        missing = {_key(sentence): sentence for sentence in sentences if _key(sentence) not in self._vectors}
        if missing:
            self._vectors.update(zip(missing, self._embedder.embed(list(missing.values())), strict=True))

    def store(self, path: Path) -> None:
        """Eight bits a number: a cosine moves by about 0.001."""
        keys = sorted(self._vectors)
        steps, scales = to_grid(np.array([self._vectors[key] for key in keys], dtype=np.float32))
        save_file({"keys": np.array([list(key) for key in keys], np.uint8), "steps": steps, "scales": scales}, path)


def _key(sentence: str) -> bytes:
    return hashlib.sha256(sentence.encode("utf-8")).digest()[:8]
