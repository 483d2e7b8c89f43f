"""Every figure that the docs name, measured anew: `antwoordcoach evaluate WAT`. Each measure answers in Markdown."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import numpy as np

from bot.examples import parts
from data.corpus import load_groups
from data.corpus.codebook import VIOLATIONS
from data.functional import FunctionalCase, load_functional
from models.classifier import Classifier
from models.comment import Assessment, Comment
from models.evaluation import IntArray, macro_f1, with_interval
from models.example import Example
from models.fairness import false_alarms
from models.faithfulness import deletion_gap
from models.groups import GroupSwapper
from models.report import Predictions, scores, table
from models.robustness import kept_verdicts

FIGURES = Path("docs/figures")


def predictions(classifier: Classifier, examples: Sequence[Example]) -> Predictions:
    """The classifier's own answers, through the same door as everybody's."""
    assessments = classifier.assess([example.comment for example in examples])
    return Predictions(
        troll=np.array([a.probabilities["troll"] for a in assessments]),
        speaker=[a.speaker for a in assessments],
        violations=np.array([[verdict.holds for verdict in a.verdicts] for a in assessments]),
        single={task: [getattr(a, task) for a in assessments] for task in ("tone", "emotion", "concern")},
    )


def functional_results(classifier: Classifier) -> dict[str, list[bool]]:
    """For each cell of the functional suite, whether each case went as expected."""
    return _passed(_read_suite(classifier))


def _read_suite(classifier: Classifier) -> list[tuple[FunctionalCase, Assessment]]:
    cases = load_functional()
    return list(zip(cases, classifier.assess([Comment(c.comment, c.post) for c in cases]), strict=True))


def _passed(suite: Sequence[tuple[FunctionalCase, Assessment]]) -> dict[str, list[bool]]:
    passed: dict[str, list[bool]] = {}
    for case, found in suite:
        passed.setdefault(case.cell, []).append(case.passes(found.speaker, found.tone, found.violations))
    return passed


def _scores(classifier: Classifier, split: str) -> str:
    examples = parts()[split]
    return table({f"Antwoordcoach, {split}": scores(examples, predictions(classifier, examples), VIOLATIONS)})


def _functional(classifier: Classifier, _split: str) -> str:
    suite = _read_suite(classifier)
    passed = _passed(suite)
    lines = ["| cell | cases | as expected |", "|---|---|---|"]
    lines += [f"| {cell} | {len(found)} | {np.mean(found):.2f} |" for cell, found in passed.items()]
    every = [result for found in passed.values() for result in found]
    return "\n".join([*lines, f"| all | {len(every)} | {np.mean(every):.3f} |", *_hate_cells(suite)])


def _hate_cells(suite: Sequence[tuple[FunctionalCase, Assessment]]) -> list[str]:
    """The rule `hate` alone over the cells that are about it: as the published functional tests of hate detection."""
    cases = [(case, found) for case, found in suite if case.cell.startswith(("hate_", "nothate_"))]
    hateful = np.array([case.cell.startswith("hate_") for case, _ in cases])
    if hateful.all() or not hateful.any():
        return []
    said = np.array(["hate" in found.violations for _, found in cases])

    def share(rows: IntArray, wanted: bool) -> float:
        chosen = rows[hateful[rows] == wanted]
        return float((said[chosen] == wanted).mean()) if len(chosen) else float("nan")

    def f1(rows: IntArray) -> float:
        return macro_f1(hateful[rows].astype(np.int64), said[rows].astype(np.int64))

    return [
        f"| hate cells, macro-F1 | {len(cases)} | {with_interval(f1, len(cases))} |",
        f"| hateful ones found | {hateful.sum()} | {with_interval(lambda rows: share(rows, True), len(cases))} |",
        f"| others left alone | {(~hateful).sum()} | {with_interval(lambda rows: share(rows, False), len(cases))} |",
    ]


def _robustness(classifier: Classifier, split: str) -> str:
    comments = [example.comment for example in parts()[split]]
    lines = ["| change | same answer | not turned between citizen and troll |", "|---|---|---|"]
    for change, kept in kept_verdicts(classifier, comments).items():
        lines.append(f"| {change} | {kept.same:.3f} | {kept.not_turned:.3f} |")
    return "\n".join(lines)


def _faithfulness(classifier: Classifier, split: str) -> str:
    falls = deletion_gap(classifier, [example.comment for example in parts()[split]])
    return "\n".join(["| deleted | the verdict's probability falls by |", "|---|---|", *_rows(falls)])


def _fairness(classifier: Classifier, _split: str) -> str:
    # Few sentences name a single group: all held-out splits together.
    held_out = [example for split, examples in parts().items() if split != "train" for example in examples]
    harmless = [e.comment for e in held_out if e.speaker == "citizen" and not e.violations]
    found = false_alarms(classifier, harmless, GroupSwapper(load_groups()))
    lines = ["| group | sentences | accused |", "|---|---|---|"]
    lines += [f"| {word} | {count} | {share:.3f} |" for word, (count, share) in sorted(found.items())]
    return "\n".join(lines)


def _figures(classifier: Classifier, split: str) -> str:
    from models.figures import draw_reliability, draw_risk_coverage

    examples = parts()[split]
    troll = predictions(classifier, examples).troll
    FIGURES.mkdir(parents=True, exist_ok=True)
    drawn = (
        draw_reliability(troll, examples, FIGURES / "reliability.svg"),
        draw_risk_coverage(troll, examples, classifier.config.policy, FIGURES / "risk-coverage.svg"),
    )
    return "\n".join(map(str, drawn))


def _rows(figures: Mapping[str, object]) -> list[str]:
    return [f"| {name} | {figure} |" for name, figure in figures.items()]


MEASURES: Mapping[str, Callable[[Classifier, str], str]] = {
    "scores": _scores,
    "functional": _functional,
    "robustness": _robustness,
    "faithfulness": _faithfulness,
    "fairness": _fairness,
    "figures": _figures,
}
