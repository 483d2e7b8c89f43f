"""The encoder in plain PyTorch, float32: what the compiled one is measured against, and what runs without OpenVINO."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import torch
from safetensors.numpy import load_file, save_file
from transformers import AutoConfig, AutoModel, PreTrainedModel

from models.encoders.encoder import States
from models.encoders.grid import from_grid, to_grid
from models.encoding import Batch

_SCALE = ".scale"


class ReferenceEncoder:
    """Wraps a transformers encoder. Always exact."""

    approximate = False

    def __init__(self, encoder: PreTrainedModel) -> None:
        encoder.train(False)
        self.module = encoder

    def states(self, batch: Batch, *, exact: bool = True) -> States:
        with torch.inference_mode():
            found = self.module(
                input_ids=torch.from_numpy(batch.input_ids),
                token_type_ids=torch.from_numpy(batch.token_type_ids),
                attention_mask=torch.from_numpy(batch.attention_mask),
            ).last_hidden_state
        return found.numpy()  # type: ignore[no-any-return]


def snap(encoder: PreTrainedModel) -> None:
    """Put every matrix of the encoder on the 8-bit grid, in place."""
    with torch.no_grad():
        for parameter in encoder.parameters():
            if parameter.dim() == 2:
                parameter.copy_(torch.from_numpy(from_grid(*to_grid(parameter.float().numpy()))))


def save_encoder(encoder: PreTrainedModel, path: Path) -> None:
    """Matrices as 8-bit steps with their scales, the rest in float32. Exact for an encoder that was snapped."""
    tensors: dict[str, np.ndarray[Any, Any]] = {}
    for name, tensor in encoder.state_dict().items():
        if tensor.dim() == 2 and tensor.is_floating_point():
            tensors[name], tensors[name + _SCALE] = to_grid(tensor.float().numpy())
        elif tensor.is_floating_point():
            tensors[name] = tensor.float().numpy()
    save_file(tensors, path)


def load_reference(encoder_config: Mapping[str, Any], path: Path) -> ReferenceEncoder:
    """Raises `RuntimeError` or `SafetensorError` when file and config don't fit."""
    values = dict(encoder_config)
    config = AutoConfig.for_model(values.pop("model_type"), **values)
    # "sdpa" is a little faster than "eager" on a CPU and gives the same numbers.
    encoder = AutoModel.from_config(config, attn_implementation="sdpa")  # type: ignore[no-untyped-call]
    # BERT's pooler looks at one token only and is not used here.
    if getattr(encoder, "pooler", None) is not None:
        encoder.pooler = None
    stored = load_file(path)
    state = {
        name: torch.from_numpy(from_grid(values, stored[name + _SCALE]) if name + _SCALE in stored else values)
        for name, values in stored.items()
        if not name.endswith(_SCALE)
    }
    missing, unexpected = encoder.load_state_dict(state, strict=False)
    if unexpected or [name for name in missing if name in dict(encoder.named_parameters())]:
        raise RuntimeError("the weights are of another encoder")
    return ReferenceEncoder(encoder)
