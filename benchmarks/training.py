"""What a way of training gains, on the validation writers: the same few comments, epochs and seed for each.

Run: `python benchmarks/training.py [--base FOLDER] [--comments 2400] [--epochs 3] [--seed 13] [WAY ...]`.
Ways: `as_it_is`, `no_swap` (no groups swapped), `even_weights` (all tasks weigh one), `r_drop` (two passes must agree:
Liang et al. 2021), `masked_words` (pretraining on the training comments and posts first: Gururangan et al. 2020).
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import torch
from torch.nn import functional
from tqdm import tqdm

sys.path.insert(0, str(Path(__file__).parent.parent))

from bot.examples import LABELS, parts
from data.corpus import load_groups
from models.comment import Comment
from models.encoding import Encoded, encode
from models.example import Example
from models.groups import GroupSwapper
from models.training import LOSS_WEIGHTS, Trainer, TrainingOptions, load_base

BASE = "models/base/multilingual-e5-small-dutch"
_ONE_ANSWER = ("speaker", "tone", "emotion", "concern")


class EvenTrainer(Trainer):
    loss_weights = dict.fromkeys(LOSS_WEIGHTS, 1.0)


class RDropTrainer(Trainer):
    """Two passes with other dropout: their mean loss, and how far their answers lie apart."""

    def batch_loss(self, encodings: Sequence[Encoded], examples: Sequence[Example]) -> torch.Tensor:
        first, second = self._forward(encodings), self._forward(encodings)
        apart = torch.zeros(())
        for task in _ONE_ANSWER:
            p, q = functional.log_softmax(first[task], 1), functional.log_softmax(second[task], 1)
            both = functional.kl_div(p, q, log_target=True, reduction="batchmean")
            both += functional.kl_div(q, p, log_target=True, reduction="batchmean")
            apart = apart + self.loss_weights[task] * both / 2
        return (self._loss(first, examples) + self._loss(second, examples)) / 2 + apart


def pretrain(trainer: Trainer, texts: Sequence[str], seed: int, share: float = 0.15) -> None:
    """One epoch of masked words; the output layer is the table of pieces itself."""
    network, tokenizer, chance = trainer.network, trainer.tokenizer, random.Random(seed)
    encoder = network.encoder
    pieces = encoder.get_input_embeddings().weight
    mask = tokenizer.token_to_id("<mask>") or tokenizer.token_to_id("<unk>")
    hidden = pieces.shape[1]
    head = torch.nn.Sequential(torch.nn.Linear(hidden, hidden), torch.nn.GELU(), torch.nn.LayerNorm(hidden))
    # The output layer is new: without a slow start its first steps wreck the encoder (tried: 1e-4 from step one).
    rates = [{"params": encoder.parameters(), "lr": 3e-5}, {"params": head.parameters(), "lr": 1e-3}]
    optimizer = torch.optim.AdamW(rates, fused=True)
    encodings = encode(tokenizer, [Comment(text) for text in texts])
    order = sorted(range(len(texts)), key=lambda row: len(encodings[row]))
    starts = list(range(0, len(order), 24))
    chance.shuffle(starts)
    rise = len(starts) // 5
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min(step / rise, (len(starts) - step) / (len(starts) - rise))
    )
    encoder.train()
    for start in tqdm(starts, desc="masked words", leave=False):
        batch = trainer._collate([encodings[row] for row in order[start : start + 24]])
        ids, own = torch.from_numpy(batch.input_ids), torch.from_numpy(batch.comment_mask) > 0
        hidden_ones = own & (torch.rand(ids.shape) < share)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            states = encoder(
                input_ids=ids.masked_fill(hidden_ones, mask), attention_mask=torch.from_numpy(batch.attention_mask)
            ).last_hidden_state
            logits = head(states[hidden_ones]) @ pieces.T
        loss = functional.cross_entropy(logits.float(), ids[hidden_ones])
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(encoder.parameters(), 1.0)
        optimizer.step()
        schedule.step()


WAYS: dict[str, tuple[Callable[..., Trainer], dict[str, float]]] = {
    "as_it_is": (Trainer, {}),
    "no_swap": (Trainer, {"swapped": 0.0}),
    "even_weights": (EvenTrainer, {}),
    "r_drop": (RDropTrainer, {}),
    "masked_words": (Trainer, {}),
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("ways", nargs="*", default=list(WAYS), choices=WAYS)
    parser.add_argument("--base", default=BASE)
    parser.add_argument("--comments", type=int, default=2400)
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--seed", type=int, default=13)
    given = parser.parse_args()
    corpus = parts()
    train = random.Random(given.seed).sample(corpus["train"], given.comments)
    for way in given.ways:
        kind, changes = WAYS[way]
        options = replace(TrainingOptions(epochs=given.epochs, seed=given.seed), **changes)
        torch.manual_seed(given.seed)
        network, tokenizer = load_base(given.base, LABELS)
        trainer = kind(network, tokenizer, LABELS, options, GroupSwapper(load_groups()), progress=False)
        start = time.monotonic()
        if way == "masked_words":
            texts = {text for e in corpus["train"] for text in (e.comment.text, e.comment.post) if text}
            pretrain(trainer, sorted(texts), given.seed)
        last = trainer.fit(train, corpus["validation"])[-1]
        figures = " ".join(f"{name} {value:.3f}" for name, value in last.items() if name not in ("epoch", "loss"))
        print(f"{way}: {figures} ({time.monotonic() - start:.0f} s)", flush=True)


if __name__ == "__main__":
    main()
