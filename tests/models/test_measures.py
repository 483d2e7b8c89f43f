"""Scores and calibration against scikit-learn and against cases one can check by hand."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from sklearn.metrics import f1_score, roc_auc_score

from models.calibration import fit_policy, fit_temperature
from models.comment import Comment
from models.evaluation import auc, calibration_error, macro_f1, micro_f1, with_interval
from models.training import Example

RANDOM = np.random.default_rng(3)


def test_macro_and_micro_f1_agree_with_scikit_learn() -> None:
    truth, guess = RANDOM.integers(0, 4, 200), RANDOM.integers(0, 4, 200)
    assert macro_f1(truth, guess) == pytest.approx(f1_score(truth, guess, average="macro"))
    held, said = RANDOM.random((50, 5)) > 0.6, RANDOM.random((50, 5)) > 0.5
    assert micro_f1(held, said) == pytest.approx(f1_score(held, said, average="micro"))


def test_auc_agrees_with_scikit_learn_also_with_ties() -> None:
    truth, score = RANDOM.random(300) > 0.5, RANDOM.integers(0, 8, 300).astype(float)
    assert auc(truth, score) == pytest.approx(roc_auc_score(truth, score))
    assert np.isnan(auc(np.ones(3, dtype=bool), np.ones(3)))


def test_calibration_error_is_nought_when_probabilities_tell_the_truth() -> None:
    truth = np.array([True] * 7 + [False] * 3)
    assert calibration_error(truth, np.full(10, 0.7)) == pytest.approx(0)
    assert calibration_error(truth, np.full(10, 0.9)) == pytest.approx(0.2)


def test_an_interval_holds_its_value_and_shrinks_with_more_items() -> None:
    coins = RANDOM.random(2000) > 0.5
    few, many = (with_interval(lambda r: float(coins[r].mean()), items) for items in (20, 2000))
    assert few.low <= few.value <= few.high
    assert many.high - many.low < few.high - few.low


def test_temperature_undoes_overconfidence() -> None:
    logits = torch.randn(4000, 2, generator=torch.Generator().manual_seed(1))
    truth = torch.softmax(logits, 1)
    assert fit_temperature(logits * 3, truth) == pytest.approx(3, rel=0.02)


def test_the_policy_calls_the_middle_unclear_and_leaves_rare_rules_at_the_default() -> None:
    def example(speaker: str, *violations: str) -> Example:
        return Example(Comment("x"), speaker, "calm", violations, "none", "none")

    examples = [example("citizen")] * 40 + [example("unclear")] * 20 + [example("troll", "insult")] * 40
    troll = np.concatenate([RANDOM.uniform(0, 0.3, 40), RANDOM.uniform(0.4, 0.6, 20), RANDOM.uniform(0.7, 1, 40)])
    insult = np.concatenate([np.full(60, 0.2), np.full(40, 0.7)])
    policy = fit_policy(troll, np.stack([insult, insult], 1), examples, ["insult", "spam"])
    assert 0.3 <= policy.citizen_below <= 0.4
    assert policy.speaker(0.2) == "citizen"
    assert policy.speaker(0.5) == "unclear"
    assert policy.speaker(0.9) == "troll"
    assert 0.2 < policy.violations["insult"] <= 0.7
    assert policy.violations["spam"] == 0.4
