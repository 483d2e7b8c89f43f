"""Which steps a comment asks for that a reply does not take."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from models.comment import Assessment
from models.drafting.situation import is_for_readers, recipe_for
from prompts.rules import Slot

_GO_ON = {"open_question", "invite"}


def missing_steps(assessment: Assessment, found: Collection[str]) -> tuple[str, ...]:
    """Steps that the recipe for this comment can't do without; an invitation to go on stands in for a question."""
    return missing_of(recipe_for(assessment, readers=is_for_readers(assessment)).slots["public"], found)


def missing_of(slots: Sequence[Slot], found: Collection[str]) -> tuple[str, ...]:
    """Steps of the slots that may not be left out and were not found."""
    wanted = dict.fromkeys(slot.step for slot in slots if not slot.optional)
    return tuple(step for step in wanted if step not in found and not (step in _GO_ON and _GO_ON & set(found)))
