"""From calibrated probabilities to a decision. Thresholds are fitted on validation data and live in the checkpoint."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class DecisionPolicy:
    """`troll_above` and `citizen_below` bound the band of P(troll) in which the honest answer is "ik weet het niet"."""

    citizen_below: float
    troll_above: float
    violations: Mapping[str, float]
    kind_above: float = 0.5

    def speaker(self, troll: float) -> str:
        if troll >= self.troll_above:
            return "troll"
        return "citizen" if troll <= self.citizen_below else "unclear"
