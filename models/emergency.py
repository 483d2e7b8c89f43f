"""Acute need in a comment: found by words alone, and answered before anything else is weighed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from models.comment import Assessment
from prompts.reading import read


@dataclass(frozen=True)
class Emergency:
    """`why` speaks to the moderator; `reply` holds the message by address (jij, u)."""

    id: str
    why: str
    reply: Mapping[str, str]


def emergency_in(text: str, assessment: Assessment) -> Emergency | None:
    """The first sort of need that the text names; whoever wishes it on another is no case of need."""
    if assessment.speaker == "troll" or {"hate", "threat"} & set(assessment.violations):
        return None
    lower = text.lower()
    return next((emergency for pattern, emergency in _emergencies() if pattern.search(lower)), None)


@cache
def _emergencies() -> list[tuple[re.Pattern[str], Emergency]]:
    found = []
    for entry in read("emergencies.yaml"):
        words = "|".join(re.escape(words).replace(r"\*", r"\w*") for words in entry["words"])
        emergency = Emergency(entry["id"], entry["why"], {"jij": entry["jij"], "u": entry["u"]})
        found.append((re.compile(rf"\b(?:{words})\b"), emergency))
    return found
