"""The marking network learns, keeps its frozen layers, and serves what it learnt."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import torch

from bot.fitting_pairs import fitting_pairs
from bot.marked_examples import SCHEMES, marked_parts, single_sentences
from models.checkpoint import WEIGHTS_DIR
from models.encoders.reference import snap
from models.marking.checkpoint import MARKING_DIR
from models.marking.export import save_marking
from models.marking.marker import Marker
from models.marking.training import MarkingOptions, MarkTrainer, start_from


@pytest.mark.parametrize("start", [WEIGHTS_DIR, MARKING_DIR])
def test_it_learns_above_the_frozen_layers_and_serves_the_same(tmp_path: Path, start: Path) -> None:
    network, tokenizer, base = start_from(start, SCHEMES)
    before = {name: value.clone() for name, value in network.encoder.state_dict().items()}
    few = {scheme: examples[:16] for scheme, examples in marked_parts()["train"].items()}
    options = MarkingOptions(epochs=3, batch_size=8, pairs_at_once=8)
    losses = MarkTrainer(network, tokenizer, SCHEMES, options).fit(few, fitting_pairs("train")[:16])
    assert losses[-1] < losses[0]
    after = network.encoder.state_dict()
    still = {name for name, value in before.items() if torch.equal(value, after[name])}
    assert "encoder.layer.3.attention.self.query.weight" in still
    assert "encoder.layer.11.attention.self.query.weight" not in still
    snap(network.encoder)
    save_marking(tmp_path, network, tokenizer, SCHEMES, base=base, corpus_sha256="")
    passages = [example.passage for example in few["reply"]]
    served, plain = (Marker.load(tmp_path, reference=reference).mark("reply", passages) for reference in (False, True))
    assert all(abs(a.level - b.level) < 0.2 for a, b in zip(served, plain, strict=True))


def test_posts_of_one_sentence_keep_their_own_marks_only() -> None:
    posts = marked_parts()["train"]["post"][:200]
    for short in single_sentences(posts):
        (found,) = short.labellings
        assert all(span in short.passage.text for _, span in found.marks)
        assert (found.level == 0) == (not found.marks)
    assert (
        single_sentences([replace(posts[0], passage=replace(posts[0].passage, text="Eén zin maar, meer niet."))]) == []
    )
