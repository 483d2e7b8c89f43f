"""Reads passages: which names of the codebook hold, and which words show them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from models.encoding import Batch, Encoded, clean, collate, encode_pairs, split_long
from models.marking.checkpoint import MARKING_DIR, MarkingCheckpoint, load_marking
from models.marking.marked import Mark, MarkedText, Passage
from models.marking.scheme import Scheme
from models.sentences import sentences

Floats = NDArray[np.float32]
# Fewer letters than this between two runs of one name are no border (best of three on validation texts).
_GAP = 15


class Marker:
    """One warm network. Not thread-safe, by design of its callers: they keep one inference thread."""

    def __init__(self, checkpoint: MarkingCheckpoint, batch_size: int = 16) -> None:
        self._encoder, self._heads, self._tokenizer = checkpoint.encoder, checkpoint.heads, checkpoint.tokenizer
        self.config = checkpoint.config
        self.batch_size = batch_size

    @classmethod
    def load(cls, folder: Path = MARKING_DIR, *, reference: bool = False) -> Marker:
        """Raises `CheckpointError` with a Dutch message."""
        return cls(load_marking(folder, reference=reference))

    def mark(self, scheme: str, passages: Sequence[Passage]) -> list[MarkedText]:
        """One marked text per passage, in order. Spans are of the text without its invisible characters.

        A text longer than the window is read in parts: a name holds when it holds in one of them, the level is their
        mean.
        """
        pairs: list[tuple[str, str | None]] = []
        parts: list[list[tuple[int, int]]] = []
        texts = [clean(passage.text) for passage in passages]
        for text, passage in zip(texts, passages, strict=True):
            context = clean(passage.context) if passage.context else None
            own, place = [], 0
            for part in split_long(self._tokenizer, text):
                place = text.index(part, place)
                own.append((len(pairs), place))
                place += len(part)
                pairs.append((part, context or None))
            parts.append(own)
        readings = self.read(scheme, pairs)
        return [
            _joined(self.config.schemes[scheme], text, [(readings[row], place) for row, place in own])
            for text, own in zip(texts, parts, strict=True)
        ]

    def embed(self, texts: Sequence[str]) -> NDArray[np.float64]:
        """Unit vectors (texts, size): those of a comment and of a sentence that fits it lie near each other."""
        encodings = encode_pairs(self._tokenizer, [(clean(text), None) for text in texts])
        out = np.empty((len(texts), len(self._heads.fit)))
        for rows, batch in self._batches(encodings):
            out[rows] = self._heads.vectors(self._encoder.states(batch), batch.comment_mask)
        return out

    def read(self, scheme: str, pairs: Sequence[tuple[str, str | None]]) -> list[Reading]:
        """Probabilities of (text, context) pairs that each fit the window."""
        encodings = encode_pairs(self._tokenizer, pairs)
        found: dict[int, Reading] = {}
        for rows, batch in self._batches(encodings):
            pieces, whole = self._heads.logits(scheme, self._encoder.states(batch), batch.comment_mask)
            for place, row in enumerate(rows):
                own = encodings[row].own
                # The opening mark stands first.
                offsets = encodings[row].encoding.offsets[1 : own + 1]
                found[row] = Reading(offsets, _sigmoid(pieces[place, 1 : own + 1]), _sigmoid(whole[place]))
        return [found[row] for row in range(len(pairs))]

    def _batches(self, encodings: Sequence[Encoded]) -> Iterator[tuple[list[int], Batch]]:
        order = sorted(range(len(encodings)), key=lambda row: len(encodings[row]))
        for start in range(0, len(order), self.batch_size):
            rows = order[start : start + self.batch_size]
            yield rows, collate([encodings[row] for row in rows], self.config.pad_id, self.config.token_types)


class Reading:
    """Probabilities of one text: `pieces` (pieces, marks) with their `offsets`, `whole` (answers,)."""

    def __init__(self, offsets: Sequence[tuple[int, int]], pieces: Floats, whole: Floats) -> None:
        self.offsets, self.pieces, self.whole = offsets, pieces, whole


def _joined(scheme: Scheme, text: str, readings: Sequence[tuple[Reading, int]]) -> MarkedText:
    whole = np.max([reading.whole for reading, _ in readings], axis=0)
    names = [*scheme.marks, *scheme.wholes]
    probabilities = {name: float(whole[place]) for place, name in enumerate(names)}
    held = {name for name, probability in probabilities.items() if probability >= scheme.thresholds.get(name, 0.5)}
    level = float(np.mean([reading.whole[len(names) :].sum() for reading, _ in readings]))
    marks = [
        Mark(name, start, end, text[start:end], probabilities[name])
        for column, name in enumerate(scheme.marks)
        if name in held and level >= scheme.floor
        for start, end in _spans(scheme, text, column, readings)
    ]
    return MarkedText(
        marks=tuple(sorted(marks, key=lambda mark: (mark.start, mark.end))),
        probabilities=probabilities,
        wholes=tuple(name for name in scheme.wholes if name in held),
        level=level,
    )


def _spans(
    scheme: Scheme, text: str, column: int, readings: Sequence[tuple[Reading, int]]
) -> Iterator[tuple[int, int]]:
    """Runs of pieces that are probable enough, as whole words; the sentence of the strongest piece when none is."""
    runs: list[tuple[int, int]] = []
    strongest, best = 0, -1.0
    for reading, shift in readings:
        for (start, end), probability in zip(reading.offsets, reading.pieces[:, column], strict=True):
            if probability > best:
                strongest, best = start + shift, float(probability)
            if probability < scheme.words:
                continue
            if runs and start + shift - runs[-1][1] < _GAP:
                runs[-1] = (runs[-1][0], end + shift)
            else:
                runs.append((start + shift, end + shift))
    if not runs:
        yield next((s for s in sentences(text) if s[1] > strongest), (0, len(text)))
        return
    last = -1
    for start, end in runs:
        start, end = _whole_words(text, start, end)
        # Two runs inside one word are one mark.
        if start >= last:
            yield start, end
            last = end


def _whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    # A piece may begin with the space before its word.
    while start < end - 1 and text[start].isspace():
        start += 1
    while start > 0 and not text[start - 1].isspace():
        start -= 1
    while end < len(text) and not text[end].isspace():
        end += 1
    while end > start + 1 and text[end - 1] in ",;:":
        end -= 1
    return start, end


def _sigmoid(logits: Floats) -> Floats:
    return np.asarray(1 / (1 + np.exp(-logits)))
