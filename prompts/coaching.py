"""What the coach says of somebody's own draft: why a pitfall is one, what a step adds, how a reply may land."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from prompts.reading import TextError, read


@dataclass(frozen=True)
class PitfallText:
    """`why` and `instead` speak to the moderator; `sentences` (jij, u) can stand in the place of the faulty words."""

    name: str
    why: str
    instead: str
    sentences: tuple[tuple[str, str], ...]


def pitfall_text(name: str) -> PitfallText:
    entry = _entry("pitfalls", name)
    sentences = tuple((str(pair["jij"]), str(pair["u"])) for pair in entry["sentences"])
    return PitfallText(str(entry["name"]), str(entry["why"]), str(entry["instead"]), sentences)


def step_text(name: str, what: str) -> str:
    """`what` is "missing" or "praise"."""
    return str(_entry("steps", name)[what])


def reaction_text(name: str, speaker: str) -> str:
    """How this reply may land; `speaker` is citizen or troll."""
    return str(_entry("reactions", name)[speaker])


def quality_text(quality: int) -> str:
    """One line for a quality of 1 to 5."""
    return str(read("coaching.yaml")["quality"][quality])


def _entry(group: str, name: str) -> dict[str, Any]:
    try:
        found: dict[str, Any] = read("coaching.yaml")[group][name]
    except (KeyError, TypeError) as error:
        raise TextError(f"prompts/coaching.yaml: {group}.{name} ontbreekt") from error
    return found
