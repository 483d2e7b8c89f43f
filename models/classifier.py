"""`Classifier.assess`: comments in, assessments out, batched; no knowledge of chats, files or databases."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from models.checkpoint import WEIGHTS_DIR, Checkpoint, load_checkpoint
from models.comment import Assessment, Comment, Verdict
from models.encoding import Batch, Encoded, clean, collate, encode, is_shout, split_long
from models.signs import find_signs

FloatArray = NDArray[np.float64]


@dataclass(frozen=True)
class Scores:
    """Calibrated probabilities of a batch by task; each array is (comments, labels of the task)."""

    tasks: Mapping[str, FloatArray]

    def row(self, number: int) -> dict[str, FloatArray]:
        return {task: values[number] for task, values in self.tasks.items()}


class Classifier:
    """One warm model. Not thread-safe by design of its callers: they keep one inference thread."""

    def __init__(self, checkpoint: Checkpoint, batch_size: int = 32) -> None:
        self._network = checkpoint.network
        self._tokenizer = checkpoint.tokenizer
        self._encoder_config = checkpoint.network.encoder.config
        self.config = checkpoint.config
        self.batch_size = batch_size

    @classmethod
    def load(cls, folder: Path = WEIGHTS_DIR) -> Classifier:
        """Raises `CheckpointError` with a Dutch message."""
        return cls(load_checkpoint(folder))

    def assess(self, comments: Sequence[Comment], *, signs: bool = True) -> list[Assessment]:
        """One assessment per comment, in order.

        A text longer than the window is read in parts and judged by its worst part. `signs=False` skips the
        explanation, which costs a second forward pass.
        """
        parts: list[Comment] = []
        owner: list[int] = []
        for number, comment in enumerate(comments):
            for part in split_long(self._tokenizer, clean(comment.text)):
                parts.append(replace(comment, text=part))
                owner.append(number)
        if not parts:
            return []
        scores = self.score(parts)
        troll = scores.tasks["speaker"][:, self.config.labels["speaker"].index("troll")]
        owners = np.array(owner)
        worst = [rows[troll[rows].argmax()] for rows in (np.flatnonzero(owners == n) for n in range(len(comments)))]
        assessments = [
            self._assessment(scores.row(row), scores.tasks["violations"][owners == number].max(axis=0))
            for number, row in enumerate(worst)
        ]
        if not signs:
            return assessments
        found = find_signs(self, [parts[row] for row in worst], assessments)
        return [replace(a, signs=s) for a, s in zip(assessments, found, strict=True)]

    def score(self, comments: Sequence[Comment]) -> Scores:
        """Probabilities of comments that each fit the window; longer ones are cut.

        A text all in capitals is read in small letters, since its pieces are rare and say little; whether it shouts is
        judged on the capitals.
        """
        shouts = [row for row, comment in enumerate(comments) if is_shout(comment.text)]
        quiet = [replace(c, text=c.text.lower()) if row in shouts else c for row, c in enumerate(comments)]
        scores = self._score(quiet)
        if shouts and "shouting" in self.config.labels["violations"]:
            column = self.config.labels["violations"].index("shouting")
            loud = self._score([comments[row] for row in shouts]).tasks["violations"][:, column]
            scores.tasks["violations"][shouts, column] = loud
        return scores

    def _score(self, comments: Sequence[Comment]) -> Scores:
        encodings = encode(self._tokenizer, comments)
        collected: dict[str, FloatArray] = {}
        for rows, logits in self._forward(encodings):
            for task, values in logits.items():
                array = self._probabilities(task, values).double().numpy()
                collected.setdefault(task, np.empty((len(encodings), array.shape[1])))[rows] = array
        return Scores(collected)

    def piece_shares(self, comments: Sequence[Comment]) -> list[list[tuple[int, int, float]]]:
        """For each piece of each comment: start and end in the text, and its share in the log-odds of troll."""
        quiet = [replace(c, text=c.text.lower()) if is_shout(c.text) else c for c in comments]
        encodings = encode(self._tokenizer, quiet)
        speakers = self.config.labels["speaker"]
        troll, citizen = speakers.index("troll"), speakers.index("citizen")
        found: list[list[tuple[int, int, float]]] = [[] for _ in comments]
        for rows in self._batches(encodings):
            with torch.inference_mode():
                shares = self._network.shares(
                    self._collate([encodings[row] for row in rows]), "speaker", troll, citizen
                )
            for row, values in zip(rows, (shares / self.config.temperature).tolist(), strict=True):
                offsets = encodings[row].encoding.offsets
                found[row] = [(*offsets[place], value) for place, value in enumerate(values[: len(offsets)]) if value]
        return found

    def embed(self, texts: Sequence[str]) -> FloatArray:
        """Unit vectors (texts, hidden) of the same encoder, for ranking phrases by likeness."""
        encodings = encode(self._tokenizer, [Comment(text) for text in texts])
        out = np.empty((len(texts), int(self._encoder_config.hidden_size)))
        for rows in self._batches(encodings):
            with torch.inference_mode():
                vectors = self._network.embed(self._collate([encodings[row] for row in rows]))
            out[rows] = torch.nn.functional.normalize(vectors, dim=-1).double().numpy()
        return out

    def _assessment(self, row: Mapping[str, FloatArray], violations: FloatArray) -> Assessment:
        labels, policy = self.config.labels, self.config.policy
        speaker = dict(zip(labels["speaker"], row["speaker"].tolist(), strict=True))
        best = {task: int(row[task].argmax()) for task in ("tone", "emotion", "concern")}
        kinds = zip(labels["kinds"], row["kinds"].tolist(), strict=True)
        return Assessment(
            speaker=policy.speaker(speaker["troll"]),
            probabilities=speaker,
            tone=labels["tone"][best["tone"]],
            emotion=labels["emotion"][best["emotion"]],
            concern=labels["concern"][best["concern"]],
            confidence={task: float(row[task][answer]) for task, answer in best.items()},
            kinds=tuple(name for name, score in kinds if score >= policy.kind_above),
            verdicts=tuple(
                Verdict(name, score, policy.violations[name])
                for name, score in zip(labels["violations"], violations.tolist(), strict=True)
            ),
        )

    def _probabilities(self, task: str, logits: torch.Tensor) -> torch.Tensor:
        if task in ("violations", "kinds"):
            return logits.sigmoid()
        return torch.softmax(logits / (self.config.temperature if task == "speaker" else 1.0), dim=-1)

    def _forward(self, encodings: Sequence[Encoded]) -> Iterator[tuple[list[int], dict[str, torch.Tensor]]]:
        for rows in self._batches(encodings):
            with torch.inference_mode():
                yield rows, self._network(self._collate([encodings[row] for row in rows]))

    def _batches(self, encodings: Sequence[Encoded]) -> Iterator[list[int]]:
        # Neighbours of like length share a batch: padding is wasted work.
        order = sorted(range(len(encodings)), key=lambda row: len(encodings[row]))
        for start in range(0, len(order), self.batch_size):
            yield order[start : start + self.batch_size]

    def _collate(self, encodings: Sequence[Encoded]) -> Batch:
        pad = int(self._encoder_config.pad_token_id or 0)
        return collate(encodings, pad, int(getattr(self._encoder_config, "type_vocab_size", 1)))
