"""The folder of the marking network: the files of any checkpoint here, and a config with its schemes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tokenizers import Tokenizer

from models.checkpoint import (
    CONFIG,
    HEADS,
    WEIGHTS_DIR,
    StoredConfig,
    check_files,
    load_encoder,
    load_tokenizer,
    readable,
)
from models.encoders.encoder import Encoder
from models.marking.heads import MarkHeads
from models.marking.scheme import Scheme

MARKING_DIR = WEIGHTS_DIR / "marking"


@dataclass(frozen=True, kw_only=True)
class MarkingConfig(StoredConfig):
    schemes: Mapping[str, Scheme]


@dataclass(frozen=True)
class MarkingCheckpoint:
    encoder: Encoder
    heads: MarkHeads
    tokenizer: Tokenizer
    config: MarkingConfig


def load_marking(folder: Path = MARKING_DIR, *, reference: bool = False) -> MarkingCheckpoint:
    """Raises `CheckpointError`, with a Dutch message, when anything is missing or changed."""
    with readable(folder):
        raw = json.loads((folder / CONFIG).read_text(encoding="utf-8"))
        schemes = {name: Scheme(**fields) for name, fields in raw.pop("schemes").items()}
        config = MarkingConfig(schemes=schemes, **raw)
        check_files(folder, config, HEADS)
        heads = MarkHeads.load(folder / HEADS)
        return MarkingCheckpoint(load_encoder(folder, config, reference), heads, load_tokenizer(folder), config)
