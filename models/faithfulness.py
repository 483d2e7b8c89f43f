"""Do the signs named for a verdict carry it? Comprehensiveness (DeYoung et al. 2020): what their deletion costs.

Compared with deleting as many other words of the same comment, drawn at random.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from models.classifier import Classifier
from models.comment import Assessment, Comment
from models.evaluation import Score, with_interval


def deletion_gap(classifier: Classifier, comments: Sequence[Comment], seed: int = 1) -> dict[str, Score]:
    """Mean fall of the probability of the verdict's side: without its signs, without other words, and the difference.

    Only comments with more other words than signs count.
    """
    chance = random.Random(seed)  # noqa: S311 - not for secrets
    kept: list[Assessment] = []
    shorter: list[Comment] = []
    for comment, assessment in zip(comments, classifier.assess(comments), strict=True):
        words = comment.text.split()
        signs = {place for place, word in enumerate(words) if any(sign.text in word for sign in assessment.signs)}
        others = [place for place in range(len(words)) if place not in signs]
        if not signs or len(others) <= len(signs):
            continue
        kept.append(assessment)
        for gone in (signs, set(chance.sample(others, len(signs)))):
            rest = " ".join(word for place, word in enumerate(words) if place not in gone)
            shorter.append(replace(comment, text=rest))
    after = iter(classifier.assess(shorter))
    falls = np.array([[_fall(assessment, next(after)), _fall(assessment, next(after))] for assessment in kept])
    columns = {"without its signs": falls[:, 0], "without other words": falls[:, 1], "gap": falls[:, 0] - falls[:, 1]}
    return {name: with_interval(lambda r, v=v: float(v[r].mean()), len(v)) for name, v in columns.items()}  # type: ignore[misc]


def _fall(before: Assessment, after: Assessment) -> float:
    side = max(before.probabilities, key=lambda name: before.probabilities[name])
    return before.probabilities[side] - after.probabilities[side]
