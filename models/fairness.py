"""Is a harmless comment accused more often when it names one group than when it names another?

Every harmless comment that names one group is read with each group of the same kind in its place (counterfactual token
fairness, Garg et al. 2019), so that the groups stand in the very same sentences.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from models.classifier import Classifier
from models.comment import Comment
from models.groups import GroupSwapper


def false_alarms(
    classifier: Classifier, harmless: Sequence[Comment], swapper: GroupSwapper
) -> dict[str, tuple[int, float]]:
    """By group: how many sentences named it, and the share accused (troll, hate or generalisation)."""
    groups: list[str] = []
    comments: list[Comment] = []
    for comment in harmless:
        for word, text in swapper.variants(comment.text).items():
            groups.append(swapper.name(word))
            comments.append(replace(comment, text=text))
    accused: dict[str, list[bool]] = {}
    for group, assessment in zip(groups, classifier.assess(comments), strict=True):
        wrong = assessment.speaker == "troll" or bool({"hate", "generalisation"} & set(assessment.violations))
        accused.setdefault(group, []).append(wrong)
    return {group: (len(found), sum(found) / len(found)) for group, found in accused.items()}
