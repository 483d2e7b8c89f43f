"""The marking network as it is shipped: spans stand in the text, figures hold on hands it never saw."""

from __future__ import annotations

from pathlib import Path
from shutil import copytree

import pytest

from bot.marked_examples import marked_parts
from data.labelled import ISSUES, PITFALLS, STEPS
from models.checkpoint import CheckpointError
from models.marking.checkpoint import MARKING_DIR
from models.marking.evaluation import mark_scores
from models.marking.marked import Passage, reply_passage
from models.marking.marker import Marker

COMMENT = "Al drie weken geen bus, en niemand zegt iets. Schandalig!"


@pytest.mark.parametrize(
    "reply",
    [
        "Dag Els, drie weken zonder bus is lang. Hoe geraakt u nu op het werk?",
        "Dat klopt niet!!! Jullie zeuren ALTIJD.",
        "ok",
        "🚌",
        "Wij vinden dat ook jammer. " * 120,
        "drie​weken is\u200b lang",
    ],
)
def test_every_span_stands_in_the_text(marker: Marker, reply: str) -> None:
    (found,) = marker.mark("reply", [reply_passage(reply, COMMENT)])
    text = "".join(c for c in reply if c != "\u200b").strip()
    for mark in found.marks:
        assert mark.span == text[mark.start : mark.end]
        assert mark.span.strip()
        assert 0 <= mark.probability <= 1
    assert 0 <= found.level <= 4
    assert set(found.probabilities) == {*STEPS, *PITFALLS}


def test_steps_and_pitfalls_are_told_apart(marker: Marker) -> None:
    good, bad = marker.mark(
        "reply",
        [
            reply_passage(
                "Drie weken wachten op een bus die niet komt, dat maakt een mens moe. Waar wacht u dan?", COMMENT
            ),
            reply_passage("Typisch, mensen als u klagen over alles. Koop een fiets.", COMMENT),
        ],
    )
    assert {"acknowledge", "open_question"} <= {mark.name for mark in good.marks}
    assert not {mark.name for mark in good.marks} & set(PITFALLS)
    assert {mark.name for mark in bad.marks} & {"attack", "dismiss", "sarcasm"}
    assert bad.level + 1.5 < good.level


def test_one_by_one_or_together_gives_the_same(marker: Marker) -> None:
    passages = [Passage("Iedereen is welkom op het buurtfeest."), Passage("Zij daarboven snappen er niets van.")]
    together = marker.mark("post", passages)
    alone = [marker.mark("post", [passage])[0] for passage in passages]
    assert [[mark.name for mark in text.marks] for text in together] == [[m.name for m in text.marks] for text in alone]


def test_it_holds_on_hands_it_never_saw(marker: Marker) -> None:
    """Under the measured figures by more than their intervals (models/weights/marking/README.md)."""
    test = marked_parts()["test"]
    replies = marker.mark("reply", [example.passage for example in test["reply"]])
    posts = marker.mark("post", [example.passage for example in test["post"]])
    steps = mark_scores(STEPS, test["reply"], replies)
    assert steps.names.value > 0.84
    assert steps.spans > 0.75
    assert steps.within_one.value > 0.93
    assert mark_scores(PITFALLS, test["reply"], replies).names.value > 0.66
    issues = mark_scores(ISSUES, test["post"], posts)
    assert issues.names.value > 0.70
    assert issues.within_one.value > 0.94
    assert issues.clean_left_alone.value > 0.82


def test_the_reference_says_the_same(marker: Marker) -> None:
    passages = [example.passage for example in marked_parts()["test"]["reply"][:40]]
    served, plain = marker.mark("reply", passages), Marker.load(reference=True).mark("reply", passages)
    for one, other in zip(served, plain, strict=True):
        assert all(abs(one.probabilities[name] - other.probabilities[name]) < 0.1 for name in STEPS)


@pytest.mark.parametrize("name", ["heads.safetensors", "encoder.bin", "antwoordcoach.json", "tokenizer.json"])
def test_a_damaged_folder_is_named_and_how_to_mend_it(tmp_path: Path, name: str) -> None:
    folder = copytree(MARKING_DIR, tmp_path / "marking")
    (folder / name).write_bytes((folder / name).read_bytes()[:100])
    with pytest.raises(CheckpointError, match="Herstel met"):
        Marker.load(folder)
