"""What a drafter gives: a reply with its steps marked."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class StepText:
    """One step of the training with the words that take it."""

    step: str
    text: str


@dataclass(frozen=True)
class Draft:
    """`channel` is public or private; `source` names what wrote it, down to the phrases used; `refused` holds why the
    drafts that it replaces did not pass the gate."""

    text: str
    channel: str
    steps: tuple[StepText, ...]
    source: str
    refused: tuple[str, ...] = ()

    @property
    def opening(self) -> str:
        """The first sentence, by which a repeated formula is recognised."""
        return self.steps[0].text if self.steps else self.text
