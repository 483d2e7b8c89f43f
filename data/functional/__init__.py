"""The functional suite: for each thing a moderator relies on, a cell of hand-written cases with the expected behaviour.

It never trains or tunes a model. Written by two hands of their own that saw the codebook and no corpus.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class FunctionalCase:
    """`speaker` and `tone` are acceptable answers (empty: anything); `has` must be found broken, `has_not` must not."""

    id: str
    cell: str
    comment: str
    post: str | None
    speaker: tuple[str, ...] = field(default=())
    tone: tuple[str, ...] = field(default=())
    has: tuple[str, ...] = field(default=())
    has_not: tuple[str, ...] = field(default=())

    def passes(self, speaker: str, tone: str, violations: Sequence[str]) -> bool:
        """Whether these answers are the expected behaviour."""
        return (
            (not self.speaker or speaker in self.speaker)
            and (not self.tone or tone in self.tone)
            and set(self.has) <= set(violations)
            and not set(self.has_not) & set(violations)
        )


def load_functional() -> list[FunctionalCase]:
    """All cases of all cells, files in name order."""
    cases = []
    for path in sorted(FOLDER.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            raw = json.loads(line)
            wanted = {key: tuple(value) for key, value in raw["expect"].items()}
            wanted["has_not"] = wanted.pop("not", ())
            cases.append(FunctionalCase(raw["id"], raw["cell"], raw["comment"], raw["post"], **wanted))
    return cases
