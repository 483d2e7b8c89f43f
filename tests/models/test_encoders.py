"""The compiled encoder against plain PyTorch, on the shipped weights."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest

from data.corpus import load_corpus, split_of
from models.checkpoint import WEIGHTS_DIR, load_checkpoint
from models.classifier import Classifier
from models.comment import Comment
from models.encoders.grid import from_grid, to_grid
from models.encoding import collate, encode

COMMENTS = [Comment(i.comment, i.post, i.author) for i in load_corpus() if split_of(i.writer) == "validation"][:150]


@pytest.fixture(scope="module")
def reference() -> Classifier:
    return Classifier.load(reference=True)


def test_a_matrix_on_the_grid_stays_where_it_is() -> None:
    weights = np.random.default_rng(1).normal(size=(40, 30)).astype(np.float32)
    weights[3] = 0
    steps, scales = to_grid(weights)
    snapped = from_grid(steps, scales)
    assert np.abs(snapped - weights).max() <= np.abs(weights).max() / 128
    again, scales_again = to_grid(snapped)
    assert (again == steps).all() and (scales_again == scales).all()


def test_exact_states_are_those_of_pytorch() -> None:
    compiled, plain = load_checkpoint(), load_checkpoint(reference=True)
    batch = collate(encode(compiled.tokenizer, COMMENTS[:8]), compiled.config.pad_id, compiled.config.token_types)
    own = batch.attention_mask.astype(bool)
    exact, wanted = compiled.encoder.states(batch, exact=True), plain.encoder.states(batch, exact=True)
    assert np.abs(exact[own] - wanted[own]).max() < 1e-3


def test_what_is_served_decides_as_the_reference_does(classifier: Classifier, reference: Classifier) -> None:
    served, plain = classifier.assess(COMMENTS), reference.assess(COMMENTS)
    assert sum(a.speaker != b.speaker for a, b in zip(served, plain, strict=True)) <= 1
    assert sum(set(a.violations) != set(b.violations) for a, b in zip(served, plain, strict=True)) <= 2
    moved = [abs(a.probabilities["troll"] - b.probabilities["troll"]) for a, b in zip(served, plain, strict=True)]
    assert max(moved) < 0.1


def test_an_answer_needs_no_pytorch() -> None:
    code = (
        "import sys\nfrom models.classifier import Classifier\nfrom models.comment import Comment\n"
        "Classifier.load().assess([Comment('dag')])\nsys.exit(bool({'torch', 'transformers'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], cwd=WEIGHTS_DIR.parent.parent).returncode == 0


def test_without_openvino_the_reference_steps_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "openvino", None)
    monkeypatch.delitem(sys.modules, "models.encoders.compiled", raising=False)
    assert type(load_checkpoint().encoder).__name__ == "ReferenceEncoder"
