"""The network that learns to mark, and which sentence fits which comment: one encoder, small heads."""

from __future__ import annotations

from collections.abc import Mapping

import torch
from torch import nn
from transformers import PreTrainedModel

from models.encoding import Batch
from models.marking.heads import MarkHead, MarkHeads
from models.marking.scheme import Scheme

VECTOR_SIZE = 128


class MarkingHead(nn.Module):
    """The trained twin of `MarkHead`."""

    def __init__(self, hidden: int, scheme: Scheme) -> None:
        super().__init__()
        self.pieces = nn.Linear(hidden, len(scheme.marks))
        self.whole = nn.Linear(hidden, scheme.answers)
        self.share = nn.Parameter(torch.full((len(scheme.marks),), 0.5))

    def forward(self, states: torch.Tensor, pooled: torch.Tensor, own: torch.Tensor) -> tuple[torch.Tensor, ...]:
        pieces = self.pieces(states)
        strongest = pieces.masked_fill(own.unsqueeze(-1) == 0, float("-inf")).amax(1)
        whole = self.whole(pooled)
        marks = len(self.share)
        return pieces, torch.cat([whole[:, :marks] + self.share * strongest, whole[:, marks:]], dim=1)


class MarkingNetwork(nn.Module):
    """`center` and `spread` (hidden,) standardise the encoder's states, as its classifier had them."""

    def __init__(
        self,
        encoder: PreTrainedModel,
        center: torch.Tensor,
        spread: torch.Tensor,
        schemes: Mapping[str, Scheme],
        dropout: float = 0.1,
    ) -> None:
        super().__init__()
        self.encoder = encoder
        self.center: torch.Tensor
        self.spread: torch.Tensor
        self.register_buffer("center", center)
        self.register_buffer("spread", spread)
        self.dropout = nn.Dropout(dropout)
        self.heads = nn.ModuleDict({name: MarkingHead(len(center), scheme) for name, scheme in schemes.items()})
        self.heads_fit = nn.Linear(len(center), VECTOR_SIZE, bias=False)
        nn.init.orthogonal_(self.heads_fit.weight)

    def forward(self, batch: Batch, scheme: str) -> tuple[torch.Tensor, torch.Tensor]:
        """Logits of the pieces (texts, length, marks) and of the texts (texts, answers)."""
        states, pooled, own = self._states(batch)
        pieces, whole = self.heads[scheme](self.dropout(states), self.dropout(pooled), own)
        return pieces, whole

    def vectors(self, batch: Batch) -> torch.Tensor:
        """Unit vectors (texts, size): those of a comment and of a sentence that fits it point the same way."""
        _, pooled, _ = self._states(batch)
        return nn.functional.normalize(self.heads_fit(self.dropout(pooled)), dim=1)

    def _states(self, batch: Batch) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        """Standardised states (texts, length, hidden), their mean over the text's own pieces, and the mask of these."""
        states = self.encoder(
            input_ids=torch.from_numpy(batch.input_ids),
            token_type_ids=torch.from_numpy(batch.token_type_ids),
            attention_mask=torch.from_numpy(batch.attention_mask),
        ).last_hidden_state
        states = (states - self.center) / self.spread
        own = torch.from_numpy(batch.comment_mask)
        return states, (states * own.unsqueeze(-1)).sum(1) / own.sum(1, keepdim=True), own

    def numpy_heads(self) -> MarkHeads:
        """The heads as they are served: the same numbers, without dropout."""

        def head(module: nn.Module) -> MarkHead:
            values = {name.replace(".weight", "").replace(".bias", "_bias"): p for name, p in module.named_parameters()}
            return MarkHead(**{name: p.detach().float().numpy().copy() for name, p in values.items()})

        heads = {name: head(module) for name, module in self.heads.items()}
        fit = self.heads_fit.weight.detach().float().numpy().copy()
        return MarkHeads(self.center.numpy().copy(), self.spread.numpy().copy(), fit, heads)

    def load_numpy_heads(self, heads: MarkHeads) -> None:
        """The reverse of `numpy_heads`. Raises `RuntimeError` or `KeyError` where the schemes differ."""
        self.heads_fit.load_state_dict({"weight": torch.from_numpy(heads.fit)})
        for name, module in self.heads.items():
            found = heads.heads[name]
            state = {"share": found.share, "pieces.weight": found.pieces, "pieces.bias": found.pieces_bias}
            state |= {"whole.weight": found.whole, "whole.bias": found.whole_bias}
            module.load_state_dict({key: torch.from_numpy(values) for key, values in state.items()})
