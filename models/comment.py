"""What crosses the doorways of `models/`: a comment in, an assessment out, in the codebook's words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Comment:
    """One comment as a moderator sees it; `post` and the displayed name `author` when they are known."""

    text: str
    post: str | None = None
    author: str | None = None


@dataclass(frozen=True)
class Sign:
    """Words of the comment that led to the verdict.

    `weight` is how much the probability of the verdict falls when their share is taken out of its log-odds (0 to 1).
    """

    text: str
    weight: float


@dataclass(frozen=True)
class Verdict:
    """One named judgement: its probability and the threshold, fitted on validation data, that it was held against."""

    name: str
    score: float
    threshold: float

    @property
    def holds(self) -> bool:
        return self.score >= self.threshold


@dataclass(frozen=True)
class Assessment:
    """Everything the classifier says about one comment. Probabilities are calibrated on held-out writers.

    `confidence` holds the probability of the chosen tone, emotion and concern; `kinds` are finer hints (a question,
    thanks, a quoted insult) that choose between phrases and rules, and are no verdict about a person.
    """

    speaker: str
    probabilities: Mapping[str, float]
    tone: str
    verdicts: tuple[Verdict, ...]
    emotion: str
    concern: str
    confidence: Mapping[str, float]
    kinds: tuple[str, ...] = ()
    signs: tuple[Sign, ...] = field(default=())

    @property
    def violations(self) -> tuple[str, ...]:
        """Rules of the code of conduct that are broken, surest first."""
        held = sorted((v for v in self.verdicts if v.holds), key=lambda v: -v.score)
        return tuple(v.name for v in held)

    @property
    def certainty(self) -> float:
        """Probability of the more probable of citizen and troll (0.5 to 1)."""
        return max(self.probabilities.values())
