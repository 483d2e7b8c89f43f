"""The checkpoint folder: encoder (compiled and reference), heads, tokenizer, a config that explains every number."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
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


@dataclass(frozen=True, kw_only=True)
class StoredConfig:
    """What every checkpoint says of its weights: `files` holds the sha256 of each file, `encoder` the transformers
    config of the reference."""

    base: str
    corpus_sha256: str
    files: Mapping[str, str]
    encoder: Mapping[str, Any]
    pad_id: int
    token_types: int


@dataclass(frozen=True, kw_only=True)
class CheckpointConfig(StoredConfig):
    """All that the classifier needs besides weights; `labels` holds the answers of each task in the order of its
    logits."""

    labels: Mapping[str, list[str]]
    temperature: float
    policy: DecisionPolicy


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
    with readable(folder):
        config = read_config(folder)
        check_files(folder, config, HEADS)
        heads = Heads.load(folder / HEADS)
        return Checkpoint(load_encoder(folder, config, reference), heads, load_tokenizer(folder), config)


def read_config(folder: Path = WEIGHTS_DIR) -> CheckpointConfig:
    """The config alone, without loading weights."""
    raw = json.loads((folder / CONFIG).read_text(encoding="utf-8"))
    return CheckpointConfig(**{**raw, "policy": DecisionPolicy(**raw["policy"])})


def sha256(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


@contextmanager
def readable(folder: Path) -> Iterator[None]:
    """Whatever goes wrong while a checkpoint is read becomes a `CheckpointError`."""
    try:
        yield
    except FileNotFoundError as error:
        raise CheckpointError(_mend(folder, f"{Path(str(error.filename)).name} ontbreekt")) from error
    except CheckpointError:
        raise
    except (SafetensorError, ValueError, KeyError, TypeError, RuntimeError) as error:
        raise CheckpointError(_mend(folder, "een bestand is onleesbaar")) from error
    except Exception as error:  # the tokenizers library raises bare Exception
        raise CheckpointError(_mend(folder, "de tokenizer is onleesbaar")) from error


def load_tokenizer(folder: Path) -> Tokenizer:
    tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
    # A comment that says "</s>" says five characters, and ends nothing.
    tokenizer.encode_special_tokens = True
    return tokenizer


def load_encoder(folder: Path, config: StoredConfig, reference: bool) -> Encoder:
    # Either library takes longer to import than the other needs to answer, so each is imported where it is chosen.
    try:
        if not reference:
            from models.encoders.compiled import CompiledEncoder

            check_files(folder, config, COMPILED, COMPILED_WEIGHTS)
            return CompiledEncoder(folder / COMPILED)
    except ImportError:
        pass
    from models.encoders.reference import load_reference

    check_files(folder, config, REFERENCE)
    return load_reference(config.encoder, folder / REFERENCE)


def check_files(folder: Path, config: StoredConfig, *names: str) -> None:
    for name in names:
        if sha256(folder / name) != config.files[name]:
            raise CheckpointError(_mend(folder, f"{name} is beschadigd of onvolledig"))


def _mend(folder: Path, what: str) -> str:
    return (
        f"Het taalmodel in {folder.name}/ kan niet geladen worden: {what}. Herstel met: git checkout -- models/weights"
    )
