"""Every measure answers in Markdown; here on a handful of comments."""

from __future__ import annotations

from pathlib import Path

import pytest

import bot.cli
import bot.measuring
from bot.examples import parts
from bot.measuring import MEASURES
from bot.workshop import WorkshopError, train
from models.classifier import Classifier
from models.training import TrainingOptions


@pytest.fixture(autouse=True)
def few(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Forty comments of each split, and only two dozen cases of the functional suite."""
    handful = {split: examples[:40] for split, examples in parts().items()}
    monkeypatch.setattr(bot.measuring, "parts", lambda: handful)
    cases = bot.measuring.load_functional()[:24]
    monkeypatch.setattr(bot.measuring, "load_functional", lambda: cases)
    monkeypatch.setattr(bot.measuring, "FIGURES", tmp_path)


@pytest.mark.parametrize("what", [name for name in MEASURES if name != "figures"])
def test_a_measure_is_a_table_with_figures(classifier: Classifier, what: str) -> None:
    head, line, *rows = MEASURES[what](classifier, "validation").split("\n")
    assert head.startswith("| ") and set(line) <= set("|-")
    assert rows or what == "fairness"
    assert all(row.count("|") == head.count("|") for row in rows)


def test_the_figures_are_drawn_where_they_belong(classifier: Classifier, tmp_path: Path) -> None:
    named = MEASURES["figures"](classifier, "validation").split("\n")
    assert [Path(name).name for name in named] == ["reliability.svg", "risk-coverage.svg"]
    assert all((tmp_path / Path(name).name).stat().st_size > 5000 for name in named)


def test_the_command_line_offers_every_measure() -> None:
    assert set(bot.cli.MEASURES) == {*MEASURES, "marking"}


def test_any_hand_can_be_the_test() -> None:
    folded = parts({"w01"})
    assert len(folded["test"]) == 320
    assert len(folded["train"]) > len(parts()["train"])


def test_a_hand_that_does_not_exist_is_named(tmp_path: Path) -> None:
    with pytest.raises(WorkshopError, match="w99"):
        train("nergens", tmp_path, TrainingOptions(), leave_out=["w01", "w99"])
