"""The multi-task network: one encoder, one linear head per question, all answered in one forward pass."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import torch
from torch import nn
from transformers import PreTrainedModel

from models.encoding import Batch
from models.heads import Heads


class MultiTaskNetwork(nn.Module):
    """Mean of the comment's own last hidden states (the context reaches them by attention), then one head per task."""

    def __init__(self, encoder: PreTrainedModel, tasks: Mapping[str, int], dropout: float = 0.1) -> None:
        super().__init__()
        # BERT's pooler looks at one token only and is not used here.
        if getattr(encoder, "pooler", None) is not None:
            setattr(encoder, "pooler", None)  # noqa: B010
        self.encoder = encoder
        self.dropout = nn.Dropout(dropout)
        hidden = int(encoder.config.hidden_size)
        # Mean and spread of the base's vectors: a contrastive encoder's all point one way, heads learn badly on them.
        self.center: torch.Tensor
        self.spread: torch.Tensor
        self.register_buffer("center", torch.zeros(hidden))
        self.register_buffer("spread", torch.ones(hidden))
        self.heads = nn.ModuleDict({task: nn.Linear(hidden, size) for task, size in tasks.items()})

    def embed(self, batch: Batch) -> torch.Tensor:
        """Mean vector of each comment: (comments, hidden)."""
        states = self.encoder(
            input_ids=torch.from_numpy(batch.input_ids),
            token_type_ids=torch.from_numpy(batch.token_type_ids),
            attention_mask=torch.from_numpy(batch.attention_mask),
        ).last_hidden_state
        mask = torch.from_numpy(batch.comment_mask).unsqueeze(-1)
        return torch.as_tensor((states * mask).sum(1) / mask.sum(1))

    def forward(self, batch: Batch) -> dict[str, torch.Tensor]:
        """Logits by task: (comments, labels of the task)."""
        pooled = self.dropout((self.embed(batch) - self.center) / self.spread)
        return {task: head(pooled) for task, head in self.heads.items()}

    def numpy_heads(self) -> Heads:
        """The heads as they are served: `Heads.logits` of `Heads.pool` is `forward` without dropout."""

        def array(tensor: torch.Tensor) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
            return tensor.detach().float().numpy().copy()

        heads = {task: head for task, head in self.heads.items() if isinstance(head, nn.Linear)}
        return Heads(
            array(self.center),
            array(self.spread),
            {task: array(head.weight) for task, head in heads.items()},
            {task: array(head.bias) for task, head in heads.items()},
        )

    def load_numpy_heads(self, heads: Heads) -> None:
        """The reverse of `numpy_heads`. Raises `RuntimeError` or `KeyError` where the tasks or their answers differ."""
        self.center.copy_(torch.from_numpy(heads.center))
        self.spread.copy_(torch.from_numpy(heads.spread))
        for task, head in self.heads.items():
            head.load_state_dict(
                {"weight": torch.from_numpy(heads.weights[task]), "bias": torch.from_numpy(heads.biases[task])}
            )
