"""Fine-tune an encoder to mark passages of several schemes in turn: one head on each piece, one on the whole text.

The level is learnt as answers to "is it above step k?" (ordinal regression, Frank & Hall 2001). In between, comments
and sentences that fit them are pulled together, against other sentences of the same step (InfoNCE, van den Oord 2018).
"""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from torch.nn import functional
from tqdm import tqdm

from models.checkpoint import CONFIG, load_checkpoint
from models.encoders.reference import ReferenceEncoder
from models.encoding import Batch, Encoded, clean, collate, encode_pairs
from models.marking.checkpoint import load_marking
from models.marking.example import FittingPair, MarkedExample
from models.marking.heads import MarkHeads
from models.marking.network import MarkingNetwork
from models.marking.scheme import Scheme
from models.optimizing import Rates, batches_by_length, layer_of, optimizer_for

LEVEL_WEIGHT, WHOLE_WEIGHT = 0.5, 0.3


@dataclass(frozen=True)
class MarkingOptions(Rates):
    """The embeddings and the `frozen` layers above them stay as the classifier left them: faster, and they know the
    language of comments from ten times as many texts."""

    epochs: int = 8
    batch_size: int = 16
    frozen: int = 4
    pairs_at_once: int = 48
    pair_temperature: float = 0.07


def start_from(start: Path, schemes: Mapping[str, Scheme]) -> tuple[MarkingNetwork, Tokenizer, str]:
    """The network to go on with (the classifier's encoder with fresh heads, or our own), its tokenizer, its base."""
    marking = "schemes" in json.loads((start / CONFIG).read_text(encoding="utf-8"))
    checkpoint = load_marking(start, reference=True) if marking else load_checkpoint(start, reference=True)
    assert isinstance(checkpoint.encoder, ReferenceEncoder)
    center, spread = torch.from_numpy(checkpoint.heads.center), torch.from_numpy(checkpoint.heads.spread)
    network = MarkingNetwork(checkpoint.encoder.module, center, spread, schemes)
    if isinstance(checkpoint.heads, MarkHeads):
        network.load_numpy_heads(checkpoint.heads)
    return network, checkpoint.tokenizer, checkpoint.config.base


class MarkTrainer:
    """Trains one network on the examples of each scheme."""

    def __init__(
        self, network: MarkingNetwork, tokenizer: Tokenizer, schemes: Mapping[str, Scheme], options: MarkingOptions
    ) -> None:
        self.network, self.tokenizer, self.schemes, self.options = network, tokenizer, schemes, options
        config = network.encoder.config
        self._pad, self._types = int(config.pad_token_id or 0), int(getattr(config, "type_vocab_size", 1))
        self._random = random.Random(options.seed)  # noqa: S311 - not for secrets

    def fit(self, train: Mapping[str, Sequence[MarkedExample]], pairs: Sequence[FittingPair]) -> list[float]:
        """Train for the given epochs; returns the mean loss of each."""
        torch.manual_seed(self.options.seed)
        for name, parameter in self.network.encoder.named_parameters():
            parameter.requires_grad = layer_of(name) >= self.options.frozen
        encodings = {name: self._encode(examples) for name, examples in train.items()}
        sizes = [len(examples) for examples in train.values()]
        batches_an_epoch = sum(-(-size // self.options.batch_size) for size in sizes) + sum(
            1 for _ in self._pair_batches(pairs)
        )
        layers = int(self.network.encoder.config.num_hidden_layers)
        optimizer, schedule = optimizer_for(self.network, layers, self.options, self.options.epochs * batches_an_epoch)
        losses = []
        for epoch in range(self.options.epochs):
            self.network.train()
            steps = [
                partial(self._loss, name, [encodings[name][row] for row in rows], [train[name][row] for row in rows])
                for name in train
                for rows in batches_by_length(encodings[name], self.options.batch_size, self._random)
            ]
            steps += [partial(self._pair_loss, chosen) for chosen in self._pair_batches(pairs)]
            self._random.shuffle(steps)
            total = 0.0
            for step in tqdm(steps, desc=f"epoch {epoch + 1}", leave=False):
                loss = step()
                optimizer.zero_grad()
                loss.backward()
                torch.nn.utils.clip_grad_norm_(self.network.parameters(), 1.0)
                optimizer.step()
                schedule.step()
                total += loss.item()
            losses.append(total / len(steps))
            tqdm.write(f"epoch {epoch + 1} loss {losses[-1]:.3f}", file=sys.stderr)
        return losses

    def _pair_batches(self, pairs: Sequence[FittingPair]) -> Iterator[list[FittingPair]]:
        """Pairs of one step at a time: telling a question from a greeting is not what is asked."""
        by_step: dict[str, list[FittingPair]] = {}
        for pair in pairs:
            by_step.setdefault(pair.step, []).append(pair)
        for same in by_step.values():
            self._random.shuffle(same)
            for start in range(0, len(same), self.options.pairs_at_once):
                yield same[start : start + self.options.pairs_at_once]

    def _pair_loss(self, pairs: Sequence[FittingPair]) -> torch.Tensor:
        def vectors(texts: Sequence[str]) -> torch.Tensor:
            encodings = encode_pairs(self.tokenizer, [(clean(text), None) for text in texts])
            with torch.autocast("cpu", dtype=torch.bfloat16):
                return self.network.vectors(collate(encodings, self._pad, self._types, multiple=16)).float()

        near = vectors([p.comment for p in pairs]) @ vectors([p.sentence for p in pairs]).T
        near = near / self.options.pair_temperature
        # Another sentence to the same comment, or the same sentence to another comment, fits as well.
        fits = torch.tensor([[a.comment == b.comment or a.sentence == b.sentence for b in pairs] for a in pairs])
        return sum(
            (
                -torch.logsumexp(side.log_softmax(1).masked_fill(~fits, float("-inf")), 1).mean() / 2
                for side in (near, near.T)
            ),
            torch.zeros(()),
        )

    def _encode(self, examples: Sequence[MarkedExample]) -> list[Encoded]:
        passages = [example.passage for example in examples]
        return encode_pairs(
            self.tokenizer, [(clean(p.text), clean(p.context) if p.context else None) for p in passages]
        )

    def _loss(self, name: str, encodings: Sequence[Encoded], examples: Sequence[MarkedExample]) -> torch.Tensor:
        scheme = self.schemes[name]
        batch = collate(encodings, self._pad, self._types, multiple=16)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            pieces, whole = self.network(batch, name)
        own = torch.from_numpy(batch.comment_mask)
        by_piece = functional.binary_cross_entropy_with_logits(
            pieces.float(), piece_targets(scheme, batch, encodings, examples), reduction="none"
        )
        marks, wholes = len(scheme.marks), len(scheme.wholes)
        sizes = [marks, wholes, scheme.levels - 1]
        parts = torch.split(whole.float(), sizes, dim=1)
        targets = torch.split(whole_targets(scheme, examples), sizes, dim=1)
        of_marks, of_wholes, of_level = (
            functional.binary_cross_entropy_with_logits(logits, target) if target.shape[1] else torch.zeros(())
            for logits, target in zip(parts, targets, strict=True)
        )
        return (
            of_marks + (by_piece.mean(-1) * own).sum() / own.sum() + WHOLE_WEIGHT * of_wholes + LEVEL_WEIGHT * of_level
        )


def whole_targets(scheme: Scheme, examples: Sequence[MarkedExample]) -> torch.Tensor:
    """Targets (texts, answers): the mean over the readers of each text."""
    rows = [
        np.mean(
            [
                [float(name in found.names) for name in (*scheme.marks, *scheme.wholes)]
                + [float(found.level > step) for step in range(scheme.levels - 1)]
                for found in example.labellings
            ],
            axis=0,
        )
        for example in examples
    ]
    return torch.tensor(np.array(rows), dtype=torch.float32)


def piece_targets(
    scheme: Scheme, batch: Batch, encodings: Sequence[Encoded], examples: Sequence[MarkedExample]
) -> torch.Tensor:
    """Targets (texts, length, marks): the share of the readers in whose span a piece lies."""
    targets = torch.zeros(*batch.input_ids.shape, len(scheme.marks))
    for row, (encoded, example) in enumerate(zip(encodings, examples, strict=True)):
        text, share = clean(example.passage.text), 1 / len(example.labellings)
        for labelling in example.labellings:
            covered: set[tuple[int, int]] = set()
            for name, span in labelling.marks:
                start = text.find(clean(span))
                end = start + len(clean(span))
                for piece, (first, last) in enumerate(encoded.encoding.offsets[1 : encoded.own + 1], 1):
                    if start >= 0 and last > start and first < end:
                        covered.add((piece, scheme.marks.index(name)))
            for piece, column in covered:
                targets[row, piece, column] += share
    return targets
