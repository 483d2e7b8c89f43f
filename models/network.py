"""The multi-task network: one encoder, one linear head per question, all answered in one forward pass."""

from __future__ import annotations

from collections.abc import Mapping

import torch
from torch import nn
from transformers import PreTrainedModel

from models.encoding import Batch


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
            input_ids=batch.input_ids, token_type_ids=batch.token_type_ids, attention_mask=batch.attention_mask
        ).last_hidden_state
        mask = batch.comment_mask.unsqueeze(-1)
        return torch.as_tensor((states * mask).sum(1) / mask.sum(1))

    def shares(self, batch: Batch, task: str, answer: int, against: int) -> torch.Tensor:
        """What each piece adds to the logit of `answer` less that of `against`: (comments, length), exact."""
        states = self.encoder(
            input_ids=batch.input_ids, token_type_ids=batch.token_type_ids, attention_mask=batch.attention_mask
        ).last_hidden_state
        head = self.heads[task]
        assert isinstance(head, nn.Linear)
        direction = (head.weight[answer] - head.weight[against]) / self.spread
        mask = batch.comment_mask
        return torch.as_tensor((states - self.center) @ direction * mask / mask.sum(1, keepdim=True))

    def forward(self, batch: Batch) -> dict[str, torch.Tensor]:
        """Logits by task: (comments, labels of the task)."""
        pooled = self.dropout((self.embed(batch) - self.center) / self.spread)
        return {task: head(pooled) for task, head in self.heads.items()}
