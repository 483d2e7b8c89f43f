"""What the draft coach says."""

from __future__ import annotations

from dataclasses import dataclass

from models.marking.marked import Mark


@dataclass(frozen=True)
class Better:
    """A sentence for a missing step, or in the place of a pitfall; `about` is the name of either."""

    about: str
    sentence: str


@dataclass(frozen=True)
class Feedback:
    """`quality` runs from 1 (pours oil on the fire) to 5 (send it as it is). `missing` are steps that this comment asks
    for. `rewrite` keeps the writer's own sentences where they are good; it is the reply itself when nothing is amiss.
    `reaction` says how the reply may land.
    """

    steps: tuple[Mark, ...]
    pitfalls: tuple[Mark, ...]
    missing: tuple[str, ...]
    quality: int
    better: tuple[Better, ...]
    rewrite: str
    reaction: str
