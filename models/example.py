"""What the network learns from and is measured on."""

from __future__ import annotations

from dataclasses import dataclass

from models.comment import Comment


@dataclass(frozen=True)
class Example:
    """A labelled comment, labels as the codebook names them."""

    comment: Comment
    speaker: str
    tone: str
    violations: tuple[str, ...]
    emotion: str
    concern: str
    kinds: tuple[str, ...] = ()
