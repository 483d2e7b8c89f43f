"""The classifier: comments in, assessments out. Everything it says is learnt; nothing here is a rule about words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from models.checkpoint import WEIGHTS_DIR, Checkpoint, load_checkpoint
from models.comment import Assessment, Comment, Verdict
from models.encoding import Batch, Encoded, clean, collate, encode, is_shout, split_long
from models.signs import Share, find_signs

FloatArray = NDArray[np.float64]
# Where a decision hangs on less than this, the approximate encoder is not trusted and the exact one decides. Measured:
# on 2,983 comments 99 % of probabilities move by less (benchmarks/speed.py).
_MARGIN = 0.03
_SEVERAL = ("violations", "kinds")


@dataclass(frozen=True)
class Reading:
    """What the network says of one comment that fits the window: calibrated probabilities by task, and the share of
    each of its pieces in the log-odds of troll."""

    tasks: Mapping[str, FloatArray]
    shares: Sequence[Share]


class Classifier:
    """One warm model. Not thread-safe by design of its callers: they keep one inference thread."""

    def __init__(self, checkpoint: Checkpoint, batch_size: int = 32) -> None:
        self._encoder, self._heads, self._tokenizer = checkpoint.encoder, checkpoint.heads, checkpoint.tokenizer
        self.config = checkpoint.config
        self.batch_size = batch_size
        self._citizen, self._troll = (self.config.labels["speaker"].index(name) for name in ("citizen", "troll"))

    @classmethod
    def load(
        cls, folder: Path = WEIGHTS_DIR, *, reference: bool = False, error_rate: float | None = None
    ) -> Classifier:
        """`error_rate`: the share of firm verdicts that may be wrong. Raises `CheckpointError` with a Dutch message."""
        checkpoint = load_checkpoint(folder, reference=reference)
        if error_rate is not None:
            config = replace(checkpoint.config, policy=checkpoint.config.policy.at(error_rate))
            checkpoint = replace(checkpoint, config=config)
        return cls(checkpoint)

    def assess(self, comments: Sequence[Comment]) -> list[Assessment]:
        """One assessment per comment, in order.

        A text longer than the window is read in parts and judged by its worst part.
        """
        parts: list[Comment] = []
        owner: list[int] = []
        for number, comment in enumerate(comments):
            for part in split_long(self._tokenizer, clean(comment.text)):
                parts.append(replace(comment, text=part))
                owner.append(number)
        readings = self.read(parts)
        of: list[list[int]] = [[] for _ in comments]
        for row, number in enumerate(owner):
            of[number].append(row)
        assessments = []
        for rows in of:
            worst = max(rows, key=lambda row: readings[row].tasks["speaker"][self._troll])
            broken = np.max([readings[row].tasks["violations"] for row in rows], axis=0)
            assessments.append(self._assessment(parts[worst].text, readings[worst], broken))
        return assessments

    def read(self, comments: Sequence[Comment]) -> list[Reading]:
        """Readings of comments that each fit the window; longer ones are cut.

        A text all in capitals is read in small letters, since its pieces are rare and say little; whether it shouts is
        judged on the capitals.
        """
        shouts = [row for row, comment in enumerate(comments) if is_shout(comment.text)]
        quiet = list(comments)
        for row in shouts:
            quiet[row] = replace(comments[row], text=comments[row].text.lower())
        readings = self._read(quiet)
        if shouts and "shouting" in self.config.labels["violations"]:
            column = self.config.labels["violations"].index("shouting")
            for row, loud in zip(shouts, self._read([comments[row] for row in shouts]), strict=True):
                readings[row].tasks["violations"][column] = loud.tasks["violations"][column]
        return readings

    def _read(self, comments: Sequence[Comment]) -> list[Reading]:
        encodings = encode(self._tokenizer, comments)
        readings = dict(self._pass(encodings, range(len(comments)), exact=False))
        if self._encoder.approximate:
            near = [row for row, reading in readings.items() if self._is_close(reading)]
            readings |= dict(self._pass(encodings, near, exact=True))
        return [readings[row] for row in range(len(comments))]

    def _pass(self, encodings: Sequence[Encoded], rows: Sequence[int], *, exact: bool) -> Iterator[tuple[int, Reading]]:
        for chosen, batch in self._batches(encodings, rows):
            states = self._encoder.states(batch, exact=exact)
            logits = self._heads.logits(self._heads.pool(states, batch.comment_mask))
            tasks = {task: self._probabilities(task, values.astype(np.float64)) for task, values in logits.items()}
            shares = self._heads.shares(states, batch.comment_mask, "speaker", self._troll, self._citizen)
            for place, row in enumerate(chosen):
                offsets = encodings[row].encoding.offsets
                own = [
                    (*offsets[piece], float(share) / self.config.temperature)
                    for piece, share in enumerate(shares[place][: len(offsets)])
                    if share
                ]
                yield row, Reading({task: values[place] for task, values in tasks.items()}, own)

    def _is_close(self, reading: Reading) -> bool:
        """Whether speaker, rules or tone could turn if a probability moved by the margin."""
        second, first = np.sort(reading.tasks["tone"])[-2:]
        if first - second < _MARGIN:
            return True
        violations = dict(zip(self.config.labels["violations"], reading.tasks["violations"].tolist(), strict=True))
        troll = float(reading.tasks["speaker"][self._troll])
        return self.config.policy.near_a_line(troll, violations, _MARGIN)

    def _assessment(self, text: str, reading: Reading, violations: FloatArray) -> Assessment:
        labels, policy, tasks = self.config.labels, self.config.policy, reading.tasks
        speaker = dict(zip(labels["speaker"], tasks["speaker"].tolist(), strict=True))
        best = {task: int(tasks[task].argmax()) for task in ("tone", "emotion", "concern")}
        kinds = zip(labels["kinds"], tasks["kinds"].tolist(), strict=True)
        return Assessment(
            speaker=policy.speaker(speaker["troll"]),
            probabilities=speaker,
            tone=labels["tone"][best["tone"]],
            emotion=labels["emotion"][best["emotion"]],
            concern=labels["concern"][best["concern"]],
            confidence={task: float(tasks[task][answer]) for task, answer in best.items()},
            kinds=tuple(name for name, score in kinds if score >= policy.kinds.get(name, policy.kind_above)),
            verdicts=tuple(
                Verdict(name, score, policy.violations[name])
                for name, score in zip(labels["violations"], violations.tolist(), strict=True)
            ),
            signs=find_signs(text, reading.shares, speaker["troll"]),
        )

    def _probabilities(self, task: str, logits: FloatArray) -> FloatArray:
        if task in _SEVERAL:
            return 1 / (1 + np.exp(-logits))
        scaled = logits / (self.config.temperature if task == "speaker" else 1.0)
        odds = np.exp(scaled - scaled.max(axis=1, keepdims=True))
        return np.asarray(odds / odds.sum(axis=1, keepdims=True))

    def _batches(self, encodings: Sequence[Encoded], rows: Sequence[int]) -> Iterator[tuple[list[int], Batch]]:
        # Neighbours of like length share a batch: padding is wasted work.
        order = sorted(rows, key=lambda row: len(encodings[row]))
        for start in range(0, len(order), self.batch_size):
            chosen = order[start : start + self.batch_size]
            batch = collate([encodings[row] for row in chosen], self.config.pad_id, self.config.token_types)
            yield chosen, batch
