"""The checkpoint folder: safetensors (half precision on disk), tokenizer, and one config that explains every number."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file, save_file
from tokenizers import Tokenizer
from transformers import AutoConfig, AutoModel

from models.decision import DecisionPolicy
from models.network import MultiTaskNetwork

WEIGHTS_DIR = Path(__file__).parent / "weights"
_WEIGHTS, _CONFIG, _TOKENIZER = "model.safetensors", "antwoordcoach.json", "tokenizer.json"


class CheckpointError(RuntimeError):
    """The checkpoint is missing, cut short or changed. The message is Dutch and says how to mend it."""


@dataclass(frozen=True)
class CheckpointConfig:
    """All that inference needs besides weights. `labels` holds the answers of each task in the order of its logits."""

    labels: Mapping[str, list[str]]
    temperature: float
    policy: DecisionPolicy
    base: str
    corpus_sha256: str
    weights_sha256: str
    encoder: Mapping[str, Any]


@dataclass(frozen=True)
class Checkpoint:
    network: MultiTaskNetwork
    tokenizer: Tokenizer
    config: CheckpointConfig


def new_network(encoder_config: Mapping[str, Any], labels: Mapping[str, list[str]]) -> MultiTaskNetwork:
    """A network of this shape with random weights."""
    values = dict(encoder_config)
    config = AutoConfig.for_model(values.pop("model_type"), **values)
    # "sdpa" is a little faster than "eager" on a CPU and gives the same numbers.
    encoder = AutoModel.from_config(config, attn_implementation="sdpa")  # type: ignore[no-untyped-call]
    return MultiTaskNetwork(encoder, {task: len(names) for task, names in labels.items()})


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
    """Write the folder. Half precision halves the clone; inference widens it again."""
    folder.mkdir(parents=True, exist_ok=True)
    tensors = {name: tensor.to(torch.float16).contiguous() for name, tensor in network.state_dict().items()}
    save_file(tensors, folder / _WEIGHTS)
    tokenizer.no_padding()
    tokenizer.no_truncation()
    tokenizer.save(str(folder / _TOKENIZER), pretty=False)
    config = CheckpointConfig(
        labels=labels,
        temperature=temperature,
        policy=policy,
        base=base,
        corpus_sha256=corpus_sha256,
        weights_sha256=_sha256(folder / _WEIGHTS),
        encoder=network.encoder.config.to_diff_dict(),
    )
    text = json.dumps(asdict(config), ensure_ascii=False, indent=1, sort_keys=True)
    (folder / _CONFIG).write_text(text + "\n", encoding="utf-8")


def load_checkpoint(folder: Path = WEIGHTS_DIR) -> Checkpoint:
    """Load for inference (float32, eval mode). Raises `CheckpointError` when anything is missing or changed."""
    try:
        config = read_config(folder)
        if _sha256(folder / _WEIGHTS) != config.weights_sha256:
            raise CheckpointError(_mend(folder, "het gewichtenbestand is beschadigd of onvolledig"))
        network = new_network(config.encoder, config.labels)
        state = {name: tensor.float() for name, tensor in load_file(folder / _WEIGHTS).items()}
        network.load_state_dict(state, strict=True)
        tokenizer = Tokenizer.from_file(str(folder / _TOKENIZER))
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
    return Checkpoint(network.eval(), tokenizer, config)


def read_config(folder: Path = WEIGHTS_DIR) -> CheckpointConfig:
    """The config alone, without loading weights."""
    raw = json.loads((folder / _CONFIG).read_text(encoding="utf-8"))
    return CheckpointConfig(**{**raw, "policy": DecisionPolicy(**raw["policy"])})


def _mend(folder: Path, what: str) -> str:
    return (
        f"Het taalmodel in {folder.name}/ kan niet geladen worden: {what}. Herstel met: git checkout -- models/weights"
    )


def _sha256(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
