"""What a reply to this comment is made of: for whom it is, and which recipe holds."""

from __future__ import annotations

from models.advice import facts
from models.comment import Assessment
from prompts.rules import Recipe, recipes


def is_for_readers(assessment: Assessment) -> bool:
    """A reply to a troll is written for the silent readers; whoever only sells something is told so himself."""
    selling = set(assessment.violations) and set(assessment.violations) <= {"spam", "advertising"}
    return assessment.speaker == "troll" and not selling


# Told where the limit is without having crossed it, an angry person gets angrier: these have to be surer in a reply
# than in the verdict, unless the tone says the same.
_SURE = 0.65
_SOFT = frozenset({"insult", "generalisation", "shouting"})


def spoken_rules(assessment: Assessment) -> frozenset[str]:
    """The broken rules that a reply says something about."""
    unkind = assessment.tone in ("insulting", "hateful")
    return frozenset(
        verdict.name
        for verdict in assessment.verdicts
        if verdict.holds and (verdict.name not in _SOFT or verdict.score >= _SURE or unkind)
    )


def recipe_for(assessment: Assessment, *, readers: bool, round: str = "first") -> Recipe:
    """The first recipe whose conditions hold."""
    situation = facts(assessment) | {
        "audience": frozenset(["readers" if readers else "author"]),
        "round": frozenset([round]),
        "violations": spoken_rules(assessment),
    }
    return next(recipe for recipe in recipes() if recipe.when.holds(situation))
