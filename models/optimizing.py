"""What both training loops share: rates by layer, a rise and fall of the rate, batches of like length.

Source: layer-wise learning-rate decay, Howard & Ruder 2018.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import torch
from torch import nn

from models.encoding import Encoded


@dataclass(frozen=True)
class Rates:
    """`encoder_rate` is that of the top layer; each layer below gets `layer_decay` of the one above. `warmup` is the
    share of the steps in which the rates rise."""

    encoder_rate: float = 2e-4
    head_rate: float = 1e-3
    layer_decay: float = 0.9
    warmup: float = 0.1
    weight_decay: float = 0.01
    seed: int = 13


def optimizer_for(
    network: nn.Module, layers: int, options: Rates, steps: int
) -> tuple[torch.optim.Optimizer, torch.optim.lr_scheduler.LRScheduler]:
    """AdamW over what may move, and its schedule over `steps`."""
    groups: dict[float, list[nn.Parameter]] = {}
    for name, parameter in network.named_parameters():
        if not parameter.requires_grad:
            continue
        rate = options.head_rate
        if not name.startswith("heads"):
            rate = options.encoder_rate * options.layer_decay ** (layers - 1 - layer_of(name))
        groups.setdefault(rate, []).append(parameter)
    optimizer = torch.optim.AdamW(
        [{"params": parameters, "lr": rate} for rate, parameters in groups.items()],
        weight_decay=options.weight_decay,
        fused=True,
    )
    return optimizer, torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: _slope(step, steps, options.warmup))


def layer_of(name: str) -> int:
    """The layer of an encoder's parameter, by its name; -1 for the embeddings."""
    return next((int(part) for part in name.split(".") if part.isdigit()), -1)


def batches_by_length(encodings: Sequence[Encoded], size: int, chance: random.Random) -> Iterator[list[int]]:
    """Rows of like length in random order."""
    order = sorted(range(len(encodings)), key=lambda row: len(encodings[row]) + chance.uniform(0, 12))
    starts = list(range(0, len(order), size))
    chance.shuffle(starts)
    for start in starts:
        yield order[start : start + size]


def _slope(step: int, steps: int, warmup: float) -> float:
    rise = max(1, int(steps * warmup))
    return step / rise if step < rise else max(0.0, (steps - step) / max(1, steps - rise))
