"""Write a trained network as a checkpoint folder: for the processor (OpenVINO) and for reference (safetensors)."""

from __future__ import annotations

import json
import warnings
from collections.abc import Callable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import nncf
import openvino
import torch
from tokenizers import Tokenizer
from transformers import PreTrainedModel

from models.checkpoint import (
    COMPILED,
    COMPILED_WEIGHTS,
    CONFIG,
    HEADS,
    REFERENCE,
    TOKENIZER,
    CheckpointConfig,
    StoredConfig,
    sha256,
)
from models.decision import DecisionPolicy
from models.encoders.reference import save_encoder
from models.network import MultiTaskNetwork


def save_checkpoint(
    folder: Path,
    network: MultiTaskNetwork,
    tokenizer: Tokenizer,
    *,
    labels: Mapping[str, list[str]],
    temperature: float,
    policy: DecisionPolicy,
    base: str,
    corpus_sha256: str,
) -> None:
    """Write the folder. The network must lie on the 8-bit grid (`encoders.reference.snap`): what is stored is exact."""
    stored = save_parts(folder, network.encoder, tokenizer, network.numpy_heads().save)
    config = CheckpointConfig(
        labels=labels, temperature=temperature, policy=policy, base=base, corpus_sha256=corpus_sha256, **stored
    )
    save_config(folder, config)


def save_parts(
    folder: Path, encoder: PreTrainedModel, tokenizer: Tokenizer, save_heads: Callable[[Path], None]
) -> dict[str, Any]:
    """Write encoder, heads and tokenizer; returns what the config has to say of them."""
    folder.mkdir(parents=True, exist_ok=True)
    save_encoder(encoder, folder / REFERENCE)
    _compile(encoder, folder / COMPILED)
    save_heads(folder / HEADS)
    tokenizer.no_padding()
    tokenizer.no_truncation()
    tokenizer.save(str(folder / TOKENIZER), pretty=False)
    return {
        "files": {name: sha256(folder / name) for name in (REFERENCE, COMPILED, COMPILED_WEIGHTS, HEADS)},
        "encoder": encoder.config.to_diff_dict(),
        "pad_id": int(encoder.config.pad_token_id or 0),
        "token_types": int(getattr(encoder.config, "type_vocab_size", 1)),
    }


def save_config(folder: Path, config: StoredConfig) -> None:
    text = json.dumps(asdict(config), ensure_ascii=False, indent=1, sort_keys=True)
    (folder / CONFIG).write_text(text + "\n", encoding="utf-8")


class _States(torch.nn.Module):
    """The encoder with one plain output, as a tracer wants it."""

    def __init__(self, encoder: PreTrainedModel) -> None:
        super().__init__()
        self.encoder = encoder

    def forward(
        self, input_ids: torch.Tensor, token_type_ids: torch.Tensor, attention_mask: torch.Tensor
    ) -> torch.Tensor:
        found = self.encoder(input_ids=input_ids, token_type_ids=token_type_ids, attention_mask=attention_mask)
        return torch.as_tensor(found.last_hidden_state)


def _compile(encoder: PreTrainedModel, path: Path) -> None:
    # Attention as one fused operation; training had it in parts.
    encoder.set_attn_implementation("sdpa")
    # A single row would be traced as a constant.
    ones = torch.ones(2, 16, dtype=torch.long)
    example = {"input_ids": ones, "token_type_ids": torch.zeros_like(ones), "attention_mask": ones}
    with warnings.catch_warnings():
        # The tracer warns of branches that an encoder takes the same way for every text; a test compares the outcome.
        warnings.simplefilter("ignore")
        model = openvino.convert_model(_States(encoder).eval(), example_input=example)
    model = nncf.compress_weights(model, mode=nncf.CompressWeightsMode.INT8_SYM)
    openvino.save_model(model, path, compress_to_fp16=False)
