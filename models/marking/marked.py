"""What crosses the doorway: a passage in, its marks out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Passage:
    """A text to read; `context` is what it answers to (a comment, its post), where there is one."""

    text: str
    context: str | None = None


@dataclass(frozen=True)
class Mark:
    """One name of the codebook with the words that show it: `span` is `text[start:end]` of the passage."""

    name: str
    start: int
    end: int
    span: str
    probability: float


@dataclass(frozen=True)
class MarkedText:
    """`marks` in reading order; `probabilities` of every name, held or not; `wholes` are the names that hold of the
    text as a whole; `level` is on the scheme's scale (0 to `levels` - 1), not rounded."""

    marks: tuple[Mark, ...]
    probabilities: Mapping[str, float]
    wholes: tuple[str, ...]
    level: float


def reply_passage(reply: str, comment: str, post: str | None = None) -> Passage:
    """A reply with what it answers: the comment first, since a long context is cut."""
    return Passage(reply, f"reactie: {comment}" + (f" · post: {post}" if post else ""))
