"""Scores and calibration against cases one can check by hand."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.special import softmax

from models.calibration import fit_policy, fit_temperature
from models.comment import Comment
from models.evaluation import auc, calibration_error, macro_f1, micro_f1, with_interval
from models.example import Example

RANDOM = np.random.default_rng(3)


def test_macro_f1_counts_only_classes_that_occur() -> None:
    assert macro_f1(np.array([0, 0, 1, 1]), np.array([0, 0, 1, 2])) == pytest.approx((1 + 2 / 3) / 2)


def test_micro_f1_pools_all_cells() -> None:
    held, said = np.array([[True, False], [True, True]]), np.array([[True, True], [False, True]])
    assert micro_f1(held, said) == pytest.approx(4 / 6)


def test_auc_is_undefined_for_one_class_and_half_for_ties() -> None:
    assert np.isnan(auc(np.ones(3, dtype=bool), np.ones(3)))
    assert auc(np.array([True, False]), np.ones(2)) == 0.5


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
    logits = RANDOM.normal(size=(4000, 2))
    assert fit_temperature(logits * 3, softmax(logits, axis=1)) == pytest.approx(3, rel=0.02)


def test_the_policy_calls_the_middle_unclear_and_leaves_rare_rules_at_the_default() -> None:
    def example(speaker: str, *violations: str) -> Example:
        return Example(Comment("x"), speaker, "calm", violations, "none", "none")

    examples = [example("citizen")] * 40 + [example("unclear")] * 20 + [example("troll", "insult")] * 40
    troll = np.concatenate([RANDOM.uniform(0, 0.3, 40), RANDOM.uniform(0.4, 0.6, 20), RANDOM.uniform(0.7, 1, 40)])
    insult = np.concatenate([np.full(60, 0.2), np.full(40, 0.7)])
    policy = fit_policy(troll, np.stack([insult, insult], 1), examples, ["insult", "spam"])
    assert 0.25 <= policy.citizen_below <= 0.45
    assert policy.speaker(0.2) == "citizen"
    assert policy.speaker(0.5) == "unclear"
    assert policy.speaker(0.9) == "troll"
    assert 0.2 < policy.violations["insult"] <= 0.7
    assert policy.violations["spam"] == 0.4


def test_a_lower_error_rate_never_widens_the_firm_verdicts_and_keeps_its_promise() -> None:
    troll = RANDOM.random(3000)
    speakers = np.where(RANDOM.random(3000) < troll, "troll", "citizen")
    examples = [Example(Comment("x"), speaker, "calm", (), "none", "none") for speaker in speakers]
    policy = fit_policy(troll, np.zeros((3000, 1)), examples, ["insult"])
    fresh = RANDOM.random(20_000)
    truth = RANDOM.random(20_000) < fresh
    firm_before = 1.0
    for rate in (0.20, 0.10, 0.05):
        strict = policy.at(rate)
        said = np.array([strict.speaker(p) for p in fresh])
        assert (said != "unclear").mean() <= firm_before
        firm_before = (said != "unclear").mean()
        assert (~truth[said == "troll"]).mean() <= rate + 0.02
        assert truth[said == "citizen"].mean() <= rate + 0.02
    assert policy.at(0.11).error_rate == "0.10"
    assert policy.at(0.001).error_rate == "0.02"
