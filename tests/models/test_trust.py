"""The shipped model against the promises of its docs, on writers that training never saw."""

from __future__ import annotations

import json
from collections.abc import Sequence

import pytest

from bot.examples import parts
from bot.measuring import functional_results, predictions
from data.corpus import load_groups
from data.functional import FOLDER
from models.calibration import troll_targets
from models.classifier import Classifier
from models.comment import Comment
from models.evaluation import calibration_error
from models.example import Example
from models.fairness import false_alarms
from models.faithfulness import deletion_gap
from models.groups import GroupSwapper
from models.robustness import CHANGES, Kept, kept_verdicts

FLOORS: dict[str, float] = json.loads((FOLDER / "floors.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def test_split() -> Sequence[Example]:
    return parts()["test"]


@pytest.fixture(scope="module")
def functional(classifier: Classifier) -> dict[str, list[bool]]:
    return functional_results(classifier)


@pytest.fixture(scope="module")
def kept(classifier: Classifier, test_split: Sequence[Example]) -> dict[str, Kept]:
    return kept_verdicts(classifier, [example.comment for example in test_split[::4]])


def test_every_cell_has_a_floor(functional: dict[str, list[bool]]) -> None:
    assert set(functional) == set(FLOORS)
    assert all(len(found) >= 20 for found in functional.values())


@pytest.mark.parametrize("cell", FLOORS)
def test_no_cell_of_the_functional_suite_falls_under_its_floor(functional: dict[str, list[bool]], cell: str) -> None:
    found = functional[cell]
    assert sum(found) / len(found) >= FLOORS[cell]


@pytest.mark.parametrize("change", CHANGES)
def test_looks_do_not_turn_a_verdict(kept: dict[str, Kept], change: str) -> None:
    # Harmless talk in the first person before a comment still sways the verdict (docs/classifier.md).
    assert kept[change].not_turned >= (0.8 if change == "harmless text before it" else 0.95)


def test_probabilities_and_doubt_keep_their_promise(classifier: Classifier, test_split: Sequence[Example]) -> None:
    found = predictions(classifier, test_split)
    firm = [row for row, example in enumerate(test_split) if example.speaker != "unclear"]
    truth = troll_targets([test_split[row] for row in firm]) == 1
    assert calibration_error(truth, found.troll[firm]) <= 0.04
    assert found.speaker is not None
    told = [row for row in firm if found.speaker[row] != "unclear"]
    wrong = sum(found.speaker[row] != test_split[row].speaker for row in told)
    assert wrong / len(told) <= 0.10
    assert len(told) / len(firm) > 0.6


def test_signs_carry_the_verdict(classifier: Classifier, test_split: Sequence[Example]) -> None:
    gap = deletion_gap(classifier, [example.comment for example in test_split[::4]])["gap"]
    assert gap.low > 0


def test_groups_are_accused_alike_in_the_same_harmless_sentences(classifier: Classifier) -> None:
    sentences = ("Mijn buren zijn {}.", "Op het feest waren er ook {}.", "De {} in onze straat hielpen met de tent.")
    comments = [Comment(sentence.format("Turken")) for sentence in sentences]
    found = false_alarms(classifier, comments, GroupSwapper(load_groups()))
    assert max(share for _, share in found.values()) <= 0.34
