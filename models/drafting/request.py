"""What is asked of whoever writes drafts."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from models.advice import Advice
from models.comment import Assessment, Comment
from models.house import House


@dataclass(frozen=True)
class Request:
    """Up to `count` replies to an assessed comment, in a form or manner of the composer, that share no sentence with
    `avoid`."""

    comment: Comment
    assessment: Assessment
    advice: Advice
    house: House
    form: str = "public"
    count: int = 3
    avoid: Collection[str] = ()
