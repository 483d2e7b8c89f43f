"""Write a trained marking network as a checkpoint folder."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from tokenizers import Tokenizer

from models.export import save_config, save_parts
from models.marking.checkpoint import MarkingConfig
from models.marking.network import MarkingNetwork
from models.marking.scheme import Scheme


def save_marking(
    folder: Path,
    network: MarkingNetwork,
    tokenizer: Tokenizer,
    schemes: Mapping[str, Scheme],
    *,
    base: str,
    corpus_sha256: str,
) -> None:
    """The network must lie on the 8-bit grid (`encoders.reference.snap`): what is stored is exact."""
    stored = save_parts(folder, network.encoder, tokenizer, network.numpy_heads().save)
    config = MarkingConfig(schemes=schemes, base=base, corpus_sha256=corpus_sha256, **stored)
    save_config(folder, config)
