"""Replies and posts of one's own, labelled by sections 6 and 7 of the codebook: `data/replies`, `data/posts`.

Split by hand: each hand has its own organisations and comments, so no near-copy straddles two splits.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

STEPS = ["acknowledge", "open_question", "common_ground", "vulnerability", "boundary", "invite", "information"]
PITFALLS = [
    *("attack", "sarcasm", "lecture", "us_them", "absolute", "defensive"),
    *("fact_dump", "dismiss", "false_promise", "feeding", "shouting"),
]
ISSUES = ["absolute", "us_them", "stereotype", "judgement", "loaded_word", "blame", "targets_group"]
WHOLES = ["no_context", "no_connection"]
QUALITIES = (1, 2, 3, 4, 5)
POLARISING = (0, 1, 2, 3)

VALIDATION_HANDS = frozenset({"r05", "p03"})
TEST_HANDS = frozenset({"r09", "r10", "p06"})

_ROOM = Path(__file__).parent


class LabelledError(ValueError):
    """A line breaks the schema; the message names file and line."""


@dataclass(frozen=True)
class MarkLabels:
    """One reader's labels: marks as (name, exact words), names of the whole text, and `level` (quality, polarising)."""

    marks: tuple[tuple[str, str], ...]
    wholes: tuple[str, ...]
    level: int


@dataclass(frozen=True)
class LabelledText:
    """`text` is the reply or post; a reply has the `comment` it answers. `readings` are one or two readers' labels."""

    id: str
    hand: str
    text: str
    comment: str | None
    post: str | None
    readings: tuple[MarkLabels, ...]

    @property
    def split(self) -> Literal["train", "validation", "test"]:
        if self.hand in TEST_HANDS:
            return "test"
        return "validation" if self.hand in VALIDATION_HANDS else "train"


def load_replies() -> list[LabelledText]:
    """All replies, files in name order. Raises `LabelledError` at the first line that is not to the codebook."""
    return [
        LabelledText(raw["id"], hand, raw["reply"], raw["comment"], raw["post"], readings)
        for hand, raw, readings in _with_second("replies", _reply)
    ]


def load_posts() -> list[LabelledText]:
    """All posts, in the same way."""
    return [
        LabelledText(raw["id"], hand, raw["post"], None, None, readings)
        for hand, raw, readings in _with_second("posts", _post)
    ]


def labelled_sha256() -> str:
    """Hash over all files in name order: the model card names what it was trained on."""
    digest = hashlib.sha256()
    for path in sorted([*_ROOM.glob("replies/**/*.jsonl"), *_ROOM.glob("posts/**/*.jsonl")]):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _with_second(
    folder: str, labels: Callable[[dict[str, Any]], MarkLabels]
) -> Iterator[tuple[str, dict[str, Any], tuple[MarkLabels, ...]]]:
    second = {raw["id"]: found for _, raw, found in _read(f"{folder}/second", labels)}
    for hand, raw, own in _read(folder, labels):
        yield hand, raw, (own, second[raw["id"]]) if raw["id"] in second else (own,)


def _read(
    folder: str, labels: Callable[[dict[str, Any]], MarkLabels]
) -> Iterator[tuple[str, dict[str, Any], MarkLabels]]:
    for path in sorted((_ROOM / folder).glob("*.jsonl")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            try:
                raw = json.loads(line)
                yield path.stem, raw, labels(raw)
            except (ValueError, KeyError, TypeError) as error:
                raise LabelledError(f"{folder}/{path.name}:{number}: {error}") from error


def _reply(raw: dict[str, Any]) -> MarkLabels:
    return _labels([*raw["steps"], *raw["pitfalls"]], [*STEPS, *PITFALLS], (), raw["quality"], QUALITIES)


def _post(raw: dict[str, Any]) -> MarkLabels:
    return _labels(raw["issues"], ISSUES, tuple(raw["whole"]), raw["polarising"], POLARISING)


def _labels(
    marks: list[dict[str, str]], names: Sequence[str], wholes: tuple[str, ...], level: int, levels: Sequence[int]
) -> MarkLabels:
    found = tuple((mark["name"], mark["span"]) for mark in marks)
    if unknown := ({name for name, _ in found} - set(names)) | (set(wholes) - set(WHOLES)):
        raise ValueError(f"{', '.join(sorted(unknown))} is not in the codebook")
    if level not in levels or not all(span for _, span in found):
        raise ValueError("a level off the scale, or an empty span")
    return MarkLabels(found, wholes, level)
