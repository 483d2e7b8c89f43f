"""What is asked of one sort of text, in the order of the network's answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Scheme:
    """`marks` are names that words show, `wholes` hold of the whole text, `levels` is the length of its scale.

    `thresholds` by name and `floor` are fitted on validation texts: under that level a text has no marks at all.
    `words` is the probability from which a single piece belongs to a mark.
    """

    marks: Sequence[str]
    wholes: Sequence[str]
    levels: int
    thresholds: Mapping[str, float] = field(default_factory=dict)
    floor: float = 0.0
    words: float = 0.4

    @property
    def answers(self) -> int:
        """Answers on the whole text: each mark, each whole, and whether the level is above each step but the last."""
        return len(self.marks) + len(self.wholes) + self.levels - 1
