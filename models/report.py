"""The scores of any set of predictions on labelled examples: the same lines for our model and for each baseline."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from models.evaluation import IntArray, Score, auc, calibration_error, macro_f1, micro_f1, with_interval
from models.example import Example

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Predictions:
    """`troll` (items,) are probabilities; `speaker` decisions or None where a system has no third answer;
    `violations` (items, rules) booleans; `single` the chosen label of tone, emotion and concern."""

    troll: Array
    speaker: Sequence[str] | None
    violations: NDArray[np.bool_]
    single: Mapping[str, Sequence[str]]


def scores(examples: Sequence[Example], predictions: Predictions, violations: Sequence[str]) -> dict[str, Score]:
    """Named scores with intervals."""
    firm = np.flatnonzero([example.speaker != "unclear" for example in examples])
    is_troll = np.array([example.speaker == "troll" for example in examples])
    truth, troll = is_troll[firm], predictions.troll[firm]
    guessed = (troll > 0.5).astype(np.int64)
    binary: IntArray = truth.astype(np.int64)
    found = {
        "speaker macro-F1 (firm items)": with_interval(lambda r: macro_f1(binary[r], guessed[r]), len(firm)),
        "speaker AUC (firm items)": with_interval(lambda r: auc(truth[r], troll[r]), len(firm)),
        "speaker ECE (firm items)": with_interval(lambda r: calibration_error(truth[r], troll[r]), len(firm)),
    }
    if predictions.speaker is not None:
        found |= _decisions(examples, predictions.speaker)
    held = np.array([[name in example.violations for name in violations] for example in examples])
    found["violations micro-F1"] = with_interval(lambda r: micro_f1(held[r], predictions.violations[r]), len(examples))
    for name in ("hate", "threat", "insult", "generalisation"):
        column = list(violations).index(name)
        one, other = held[:, column : column + 1], predictions.violations[:, column : column + 1]
        found[f"{name} F1"] = with_interval(lambda r, a=one, b=other: micro_f1(a[r], b[r]), len(examples))  # type: ignore[misc]
    for task, chosen in predictions.single.items():
        wanted = [getattr(example, task) for example in examples]
        names = sorted({*wanted, *chosen})
        a, b = np.array([names.index(n) for n in wanted]), np.array([names.index(n) for n in chosen])
        found[f"{task} accuracy"] = with_interval(lambda r, a=a, b=b: float((a[r] == b[r]).mean()), len(examples))  # type: ignore[misc]
        found[f"{task} macro-F1"] = with_interval(lambda r, a=a, b=b: macro_f1(a[r], b[r]), len(examples))  # type: ignore[misc]
    return found


def table(columns: Mapping[str, Mapping[str, Score]]) -> str:
    """A Markdown table: a row per score, a column per system."""
    rows = list(dict.fromkeys(name for found in columns.values() for name in found))
    lines = [f"| score | {' | '.join(columns)} |", f"|---|{'---|' * len(columns)}"]
    for row in rows:
        cells = [str(found[row]) if row in found else "" for found in columns.values()]
        lines.append(f"| {row} | {' | '.join(cells)} |")
    return "\n".join(lines)


def _decisions(examples: Sequence[Example], decided: Sequence[str]) -> dict[str, Score]:
    order = {"citizen": 0, "troll": 1, "unclear": 2}
    truth = np.array([order[example.speaker] for example in examples])
    said = np.array([order[speaker] for speaker in decided])
    firm = np.flatnonzero((said != 2) & (truth != 2))
    return {
        "speaker macro-F1 (three answers)": with_interval(lambda r: macro_f1(truth[r], said[r]), len(truth)),
        "wrong among firm verdicts": with_interval(
            lambda r: float((truth[firm][r] != said[firm][r]).mean()), len(firm)
        ),
        "share that gets a firm verdict": with_interval(lambda r: float((said[r] != 2).mean()), len(truth)),
    }
