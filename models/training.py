"""Fine-tune an encoder on labelled comments: one loop for all heads.

Sources: multi-task heads on a shared encoder (Caruana 1997); soft targets for items on which careful moderators split
(`unclear` is half citizen, half troll).
"""

from __future__ import annotations

import random
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer
from torch.nn import functional
from tqdm import tqdm
from transformers import AutoModel, AutoTokenizer
from transformers.utils import logging

from models.augment import misplace, vary, with_text
from models.checkpoint import load_checkpoint
from models.comment import Comment
from models.encoders.reference import ReferenceEncoder
from models.encoding import Batch, Encoded, collate, encode
from models.evaluation import validation_score
from models.example import Example
from models.groups import GroupSwapper
from models.network import MultiTaskNetwork
from models.optimizing import Rates, batches_by_length, optimizer_for

FloatArray = NDArray[np.float64]

LOSS_WEIGHTS = {"speaker": 1.0, "tone": 0.5, "violations": 2.0, "emotion": 0.35, "concern": 0.35, "kinds": 1.0}
# Comparing a comment with its post is another skill than reading it, and is not learnt from a tenth of one loss.
RULE_WEIGHTS = {"off_topic": 6.0, "threat": 2.0, "hate": 2.0}


@dataclass(frozen=True)
class TrainingOptions(Rates):
    """How the classifier is trained; the shares of examples that are varied in each way."""

    epochs: int = 10
    batch_size: int = 24
    drop_post: float = 0.3
    drop_author: float = 0.5
    misplaced: float = 0.25
    swapped: float = 0.4
    patience: int = 3


def load_base(base: str, labels: Mapping[str, list[str]]) -> tuple[MultiTaskNetwork, Tokenizer]:
    """Any transformers encoder by name or folder, with fresh heads, and its fast tokenizer."""
    # transformers reports every weight it leaves out; we leave out the pooler on purpose.
    logging.set_verbosity_error()  # type: ignore[no-untyped-call]
    tokenizer = AutoTokenizer.from_pretrained(base)
    encoder = AutoModel.from_pretrained(base, attn_implementation="eager", attention_probs_dropout_prob=0.0)
    network = MultiTaskNetwork(encoder, {task: len(names) for task, names in labels.items()})
    backend = tokenizer.backend_tokenizer
    assert isinstance(backend, Tokenizer)
    return network, backend


def go_on_from(network: MultiTaskNetwork, folder: Path) -> None:
    """Put the weights of a checkpoint of ours in the network.

    Raises `CheckpointError`, or `RuntimeError` where they are of another encoder or have other answers.
    """
    checkpoint = load_checkpoint(folder, reference=True)
    assert isinstance(checkpoint.encoder, ReferenceEncoder)
    network.encoder.load_state_dict(checkpoint.encoder.module.state_dict())
    network.load_numpy_heads(checkpoint.heads)


class Trainer:
    """Trains one network; keeps the weights of the best epoch on validation."""

    loss_weights = LOSS_WEIGHTS

    def __init__(
        self,
        network: MultiTaskNetwork,
        tokenizer: Tokenizer,
        labels: Mapping[str, list[str]],
        options: TrainingOptions,
        swapper: GroupSwapper | None = None,
        *,
        progress: bool = True,
    ) -> None:
        self._swapper = swapper
        self.network, self.tokenizer, self.labels, self.options = network, tokenizer, labels, options
        self.progress = progress
        config = network.encoder.config
        self._pad, self._types = int(config.pad_token_id or 0), int(getattr(config, "type_vocab_size", 1))
        self._random = random.Random(options.seed)  # noqa: S311 - not for secrets

    def fit(self, train: Sequence[Example], validation: Sequence[Example]) -> list[dict[str, float]]:
        """Train with early stopping; returns the validation scores of each epoch."""
        torch.manual_seed(self.options.seed)
        if not self.network.center.any():  # fresh heads: a network that goes on keeps what its heads are used to
            self._standardise(train)
        steps = -(-len(train) // self.options.batch_size) * self.options.epochs
        layers = int(self.network.encoder.config.num_hidden_layers)
        optimizer, schedule = optimizer_for(self.network, layers, self.options, steps)
        history: list[dict[str, float]] = []
        best, best_state, waited = -1.0, self.network.state_dict(), 0
        for epoch in range(self.options.epochs):
            loss = self._epoch(train, optimizer, schedule, epoch)
            scores = validation_score(self, validation)
            history.append({"epoch": epoch, "loss": loss, **scores})
            tqdm.write(" ".join(f"{name}={value:.3f}" for name, value in history[-1].items()), file=sys.stderr)
            if scores["mean"] > best:
                best, waited = scores["mean"], 0
                best_state = {name: tensor.clone() for name, tensor in self.network.state_dict().items()}
            else:
                waited += 1
                if waited >= self.options.patience:
                    break
        self.network.load_state_dict(best_state)
        return history

    def logits(self, comments: Sequence[Comment], *, exact: bool = False) -> dict[str, FloatArray]:
        """Logits by task over all comments, in order; in float32 throughout when `exact`."""
        return self._over(comments, self.network, exact)

    def embed(self, comments: Sequence[Comment]) -> FloatArray:
        """Vectors (comments, hidden) of the encoder as it is now."""
        return self._over(comments, lambda batch: {"vector": self.network.embed(batch)})["vector"]

    def _over(
        self, comments: Sequence[Comment], ask: Callable[[Batch], Mapping[str, torch.Tensor]], exact: bool = False
    ) -> dict[str, FloatArray]:
        self.network.eval()
        encodings = encode(self.tokenizer, comments)
        order = sorted(range(len(encodings)), key=lambda row: len(encodings[row]))
        chunks: dict[str, list[FloatArray]] = {}
        for start in range(0, len(order), 64):
            batch = self._collate([encodings[row] for row in order[start : start + 64]])
            with torch.inference_mode(), torch.autocast("cpu", dtype=torch.bfloat16, enabled=not exact):
                for task, values in ask(batch).items():
                    chunks.setdefault(task, []).append(values.double().numpy())
        back = np.argsort(order)
        return {task: np.concatenate(parts)[back] for task, parts in chunks.items()}

    def _standardise(self, train: Sequence[Example]) -> None:
        sample = self._random.sample(list(train), min(len(train), 1000))
        vectors = self.embed([example.comment for example in sample])
        self.network.center.copy_(torch.from_numpy(vectors.mean(0)))
        self.network.spread.copy_(torch.from_numpy(vectors.std(0)))

    def _epoch(
        self,
        train: Sequence[Example],
        optimizer: torch.optim.Optimizer,
        schedule: torch.optim.lr_scheduler.LRScheduler,
        epoch: int,
    ) -> float:
        self.network.train()
        total, count = 0.0, 0
        batches = list(self._batches([self._varied(example, train) for example in train]))
        for encodings, examples in tqdm(batches, desc=f"epoch {epoch + 1}", disable=not self.progress, leave=False):
            loss = self.batch_loss(encodings, examples)
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            torch.nn.utils.clip_grad_norm_(self.network.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            total, count = total + float(loss.detach()), count + 1
        return total / max(count, 1)

    def batch_loss(self, encodings: Sequence[Encoded], examples: Sequence[Example]) -> torch.Tensor:
        """What one step descends on."""
        return self._loss(self._forward(encodings), examples)

    def _forward(self, encodings: Sequence[Encoded]) -> dict[str, torch.Tensor]:
        with torch.autocast("cpu", dtype=torch.bfloat16):
            logits = self.network(self._collate(encodings))
        return {task: values.float() for task, values in logits.items()}

    def _varied(self, example: Example, train: Sequence[Example]) -> Example:
        """Vary group and typing; drop the post or the name at random, so that the network works with and without."""
        if self._swapper and self._random.random() < self.options.swapped:
            example = with_text(example, self._swapper.swap(example.comment.text, self._random))
        if self._random.random() < self.options.misplaced:
            example = misplace(example, train, self._random)
        example = vary(example, self._random)
        comment = example.comment
        if self._random.random() < self.options.drop_post:
            comment = replace(comment, post=None)
        if self._random.random() < self.options.drop_author:
            comment = replace(comment, author=None)
        return replace(example, comment=comment)

    def _batches(self, examples: Sequence[Example]) -> Iterator[tuple[list[Encoded], list[Example]]]:
        """Batches of like length in random order."""
        encodings = encode(self.tokenizer, [example.comment for example in examples])
        for rows in batches_by_length(encodings, self.options.batch_size, self._random):
            yield [encodings[row] for row in rows], [examples[row] for row in rows]

    def _loss(self, logits: Mapping[str, torch.Tensor], examples: Sequence[Example]) -> torch.Tensor:
        losses = {"speaker": functional.cross_entropy(logits["speaker"], self.speaker_targets(examples))}
        losses["violations"] = functional.binary_cross_entropy_with_logits(
            logits["violations"], self._several(examples, "violations"), weight=self._rule_weights(examples)
        )
        losses["kinds"] = functional.binary_cross_entropy_with_logits(logits["kinds"], self._several(examples, "kinds"))
        for task in ("tone", "emotion", "concern"):
            losses[task] = functional.cross_entropy(logits[task], self._one(examples, task), label_smoothing=0.05)
        return torch.stack([self.loss_weights[task] * loss for task, loss in losses.items()]).sum()

    def speaker_targets(self, examples: Sequence[Example]) -> torch.Tensor:
        """Soft targets (items, 2); `unclear` is half and half."""
        names = self.labels["speaker"]

        def target(labels: Example) -> list[float]:
            return [0.5 if labels.speaker == "unclear" else float(labels.speaker == name) for name in names]

        return _mean_targets(examples, target)

    def _one(self, examples: Sequence[Example], task: str) -> torch.Tensor:
        """Targets (items, answers) of a task with one answer."""
        return _mean_targets(examples, lambda labels: [float(getattr(labels, task) == n) for n in self.labels[task]])

    def _several(self, examples: Sequence[Example], task: str) -> torch.Tensor:
        """Targets (items, answers) of a task with any number of answers."""
        return _mean_targets(examples, lambda labels: [float(n in getattr(labels, task)) for n in self.labels[task]])

    def _rule_weights(self, examples: Sequence[Example]) -> torch.Tensor:
        """Weights (items, rules). Without its post no comment can be seen to be `off_topic`: no answer is punished."""
        weight = torch.tensor([RULE_WEIGHTS.get(name, 1.0) for name in self.labels["violations"]])
        weight = weight.repeat(len(examples), 1)
        if "off_topic" in self.labels["violations"]:
            column = self.labels["violations"].index("off_topic")
            for row, example in enumerate(examples):
                if example.comment.post is None and any("off_topic" in e.violations for e in example.labellings):
                    weight[row, column] = 0.0
        return weight

    def _collate(self, encodings: Sequence[Encoded]) -> Batch:
        return collate(encodings, self._pad, self._types, multiple=16)


def _mean_targets(examples: Sequence[Example], target: Callable[[Example], list[float]]) -> torch.Tensor:
    """Targets (items, answers): the mean over the readers of each item."""
    rows = [np.mean([target(labels) for labels in example.labellings], axis=0) for example in examples]
    return torch.tensor(np.array(rows), dtype=torch.float32)


def base_name(base: str) -> str:
    """How the model card names the base: never a path of this machine."""
    return Path(base).name if Path(base).exists() else base
