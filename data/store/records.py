"""What goes into the store and comes out of it: plain frozen dataclasses. Texts arrive masked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class NewCase:
    """A comment that was assessed. `assessment` is JSON-ready; `signs` are (words, weight) and go with the text;
    `follows` is the case that it answers back to."""

    user_id: int
    chat_id: int
    comment: str
    post: str | None
    author: str | None
    assessment: Mapping[str, Any]
    signs: list[list[Any]] | None = None
    follows: int | None = None


@dataclass(frozen=True)
class Case:
    """A stored case; `comment` is None once its text is past the retention time."""

    id: int
    user_id: int
    chat_id: int
    comment: str | None
    post: str | None
    author: str | None
    assessment: Mapping[str, Any]
    signs: list[list[Any]] | None
    created_at: datetime
    follows: int | None = None


@dataclass(frozen=True)
class NewDraft:
    """A draft shown to a person; `steps` are (step, text) pairs; `refused` says why others did not pass the gate."""

    case_id: int
    form: str
    text: str
    channel: str
    steps: tuple[tuple[str, str], ...]
    source: str
    refused: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class StoredDraft(NewDraft):
    id: int


@dataclass(frozen=True)
class Erased:
    """How much was deleted of one user."""

    cases: int
    drafts: int
    corrections: int
