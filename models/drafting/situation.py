"""What a reply to this comment is made of: for whom it is, and which recipe holds."""

from __future__ import annotations

from models.advice import facts
from models.comment import Assessment
from prompts.rules import Recipe, recipes


def is_for_readers(assessment: Assessment) -> bool:
    """A reply to a troll is written for the silent readers; whoever only sells something is told so himself."""
    selling = set(assessment.violations) and set(assessment.violations) <= {"spam", "advertising"}
    return assessment.speaker == "troll" and not selling


def recipe_for(assessment: Assessment, *, readers: bool, round: str = "first") -> Recipe:
    """The first recipe whose conditions hold."""
    situation = facts(assessment) | {
        "audience": frozenset(["readers" if readers else "author"]),
        "round": frozenset([round]),
    }
    return next(recipe for recipe in recipes() if recipe.when.holds(situation))
