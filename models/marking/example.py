"""What the marking network learns from and is measured on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from models.marking.marked import Passage


@dataclass(frozen=True)
class Labelling:
    """One reader's marks (name, span), names of the whole text, and level (0 to the scheme's levels - 1)."""

    marks: Sequence[tuple[str, str]]
    wholes: Sequence[str]
    level: int

    @property
    def names(self) -> set[str]:
        return {name for name, _ in self.marks} | set(self.wholes)


@dataclass(frozen=True)
class MarkedExample:
    """A passage as one or more readers labelled it; where they differ, training aims between them."""

    passage: Passage
    labellings: Sequence[Labelling]


@dataclass(frozen=True)
class FittingPair:
    """A comment and a sentence that fits it, as the words of `step`."""

    comment: str
    sentence: str
    step: str
