"""The checkpoint folder: encoder (compiled and reference), heads, tokenizer, a config that explains every number."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from safetensors import SafetensorError
from tokenizers import Tokenizer

from models.decision import DecisionPolicy
from models.encoders.encoder import Encoder
from models.heads import Heads

WEIGHTS_DIR = Path(__file__).parent / "weights"
CONFIG, TOKENIZER, HEADS = "antwoordcoach.json", "tokenizer.json", "heads.safetensors"
REFERENCE, COMPILED, COMPILED_WEIGHTS = "encoder.safetensors", "encoder.xml", "encoder.bin"


class CheckpointError(RuntimeError):
    """The checkpoint is missing, cut short or changed. The message is Dutch and says how to mend it."""


@dataclass(frozen=True)
class CheckpointConfig:
    """All that inference needs besides weights.

    `labels` holds the answers of each task in the order of its logits, `files` the sha256 of each file of weights;
    `encoder` is the transformers config of the reference.
    """

    labels: Mapping[str, list[str]]
    temperature: float
    policy: DecisionPolicy
    base: str
    corpus_sha256: str
    files: Mapping[str, str]
    encoder: Mapping[str, Any]
    pad_id: int
    token_types: int


@dataclass(frozen=True)
class Checkpoint:
    encoder: Encoder
    heads: Heads
    tokenizer: Tokenizer
    config: CheckpointConfig


def load_checkpoint(folder: Path = WEIGHTS_DIR, *, reference: bool = False) -> Checkpoint:
    """Load for inference. `reference` asks for plain PyTorch; it also steps in where OpenVINO is not installed.

    Raises `CheckpointError` when anything is missing or changed.
    """
    try:
        config = read_config(folder)
        _check(folder, config, HEADS)
        heads = Heads.load(folder / HEADS)
        encoder = _reference(folder, config) if reference else _compiled(folder, config)
        tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
        # A comment that says "</s>" says five characters, and ends nothing.
        tokenizer.encode_special_tokens = True
    except FileNotFoundError as error:
        raise CheckpointError(_mend(folder, f"{Path(str(error.filename)).name} ontbreekt")) from error
    except CheckpointError:
        raise
    except (SafetensorError, ValueError, KeyError, TypeError, RuntimeError) as error:
        raise CheckpointError(_mend(folder, "een bestand is onleesbaar")) from error
    except Exception as error:  # the tokenizers library raises bare Exception
        raise CheckpointError(_mend(folder, "de tokenizer is onleesbaar")) from error
    return Checkpoint(encoder, heads, tokenizer, config)


def read_config(folder: Path = WEIGHTS_DIR) -> CheckpointConfig:
    """The config alone, without loading weights."""
    raw = json.loads((folder / CONFIG).read_text(encoding="utf-8"))
    return CheckpointConfig(**{**raw, "policy": DecisionPolicy(**raw["policy"])})


def sha256(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


# Either library takes longer to import than the other needs to answer, so each is imported where it is chosen.


def _compiled(folder: Path, config: CheckpointConfig) -> Encoder:
    try:
        from models.encoders.compiled import CompiledEncoder
    except ImportError:
        return _reference(folder, config)
    _check(folder, config, COMPILED, COMPILED_WEIGHTS)
    return CompiledEncoder(folder / COMPILED)


def _reference(folder: Path, config: CheckpointConfig) -> Encoder:
    from models.encoders.reference import load_encoder

    _check(folder, config, REFERENCE)
    return load_encoder(config.encoder, folder / REFERENCE)


def _check(folder: Path, config: CheckpointConfig, *names: str) -> None:
    for name in names:
        if sha256(folder / name) != config.files[name]:
            raise CheckpointError(_mend(folder, f"{name} is beschadigd of onvolledig"))


def _mend(folder: Path, what: str) -> str:
    return (
        f"Het taalmodel in {folder.name}/ kan niet geladen worden: {what}. Herstel met: git checkout -- models/weights"
    )
