"""What the network learns from and is measured on."""

from __future__ import annotations

from dataclasses import dataclass

from models.comment import Comment


@dataclass(frozen=True)
class Example:
    """A labelled comment, labels as the codebook names them.

    `second` is the same comment as another reader labelled it; where the two differ, training aims between them.
    """

    comment: Comment
    speaker: str
    tone: str
    violations: tuple[str, ...]
    emotion: str
    concern: str
    kinds: tuple[str, ...] = ()
    second: Example | None = None

    @property
    def labellings(self) -> list[Example]:
        """This labelling, and the second one where there is one."""
        return [self, self.second] if self.second else [self]
