"""From calibrated probabilities to a decision. Thresholds are fitted on validation data and live in the checkpoint."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace


@dataclass(frozen=True)
class DecisionPolicy:
    """`bands` holds, by error rate ("0.10"), the two bounds of P(troll) between which the honest answer is "ik weet het
    niet": of the comments called troll, and of those called citizen, at most that share is wrong. `violations` are
    thresholds by rule.
    """

    bands: Mapping[str, Sequence[float]]
    violations: Mapping[str, float]
    error_rate: str = "0.10"
    kind_above: float = 0.5
    # Hints that need less to be worth acting on: thanks go to who was not even thankful without harm.
    kinds: Mapping[str, float] = field(default_factory=lambda: {"support": 0.25})

    @property
    def citizen_below(self) -> float:
        return self.bands[self.error_rate][0]

    @property
    def troll_above(self) -> float:
        return self.bands[self.error_rate][1]

    def speaker(self, troll: float) -> str:
        if troll >= self.troll_above:
            return "troll"
        return "citizen" if troll <= self.citizen_below else "unclear"

    def near_a_line(self, troll: float, violations: Mapping[str, float], margin: float) -> bool:
        """Whether a decision on speaker or rules could turn if a probability moved by `margin`."""
        lines = [(troll, self.citizen_below), (troll, self.troll_above)]
        lines += [(score, self.violations[name]) for name, score in violations.items()]
        return any(abs(score - line) < margin for score, line in lines)

    def at(self, error_rate: float) -> DecisionPolicy:
        """The same policy at the highest fitted rate that is not above `error_rate`; the strictest, if all are."""
        fitted = sorted(self.bands, key=float)
        return replace(
            self, error_rate=max((r for r in fitted if float(r) <= error_rate), default=fitted[0], key=float)
        )
