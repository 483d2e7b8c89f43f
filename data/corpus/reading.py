"""Read and check the corpus files: one JSON object a line, one file per writing hand."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from data.corpus.codebook import CONCERNS, EMOTIONS, KINDS, SPEAKERS, TONES, VIOLATIONS

CORPUS_DIR = Path(__file__).parent / "comments"


class CorpusError(ValueError):
    """A line breaks the schema; the message names file and line."""


@dataclass(frozen=True)
class CorpusItem:
    """One labelled comment. `writer` is the hand that wrote it; `pair` ties minimal pairs together."""

    id: str
    writer: str
    comment: str
    post: str | None
    author: str | None
    speaker: str
    tone: str
    violations: tuple[str, ...]
    emotion: str
    concern: str
    kinds: tuple[str, ...]
    pair: str | None


def load_corpus(folder: Path = CORPUS_DIR) -> list[CorpusItem]:
    """All items, files in name order; raises `CorpusError` at the first line that is not to the codebook."""
    return [item for path in sorted(folder.glob("*.jsonl")) for item in _read(path)]


def corpus_sha256(folder: Path = CORPUS_DIR) -> str:
    """Hash over all files in name order: the model card names the corpus it was trained on."""
    digest = hashlib.sha256()
    for path in sorted(folder.glob("*.jsonl")):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _read(path: Path) -> Iterator[CorpusItem]:
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        try:
            yield _item(path.stem, json.loads(line))
        except (ValueError, KeyError, TypeError) as error:
            raise CorpusError(f"{path.name}:{number}: {error}") from error


def _item(writer: str, raw: dict[str, Any]) -> CorpusItem:
    item = CorpusItem(
        id=raw["id"],
        writer=writer,
        comment=raw["comment"],
        post=raw["post"],
        author=raw["author"],
        speaker=raw["speaker"],
        tone=raw["tone"],
        violations=tuple(raw["violations"]),
        emotion=raw["emotion"],
        concern=raw["concern"],
        kinds=tuple(raw["kinds"]),
        pair=raw["pair"],
    )
    if not item.comment.strip() or not item.id.startswith(writer):
        raise ValueError("empty comment, or an id of another writer")
    for name, value, allowed in (
        ("speaker", {item.speaker}, SPEAKERS),
        ("tone", {item.tone}, TONES),
        ("violations", set(item.violations), VIOLATIONS),
        ("emotion", {item.emotion}, EMOTIONS),
        ("concern", {item.concern}, CONCERNS),
        ("kinds", set(item.kinds), KINDS),
    ):
        if unknown := value - set(allowed):
            raise ValueError(f"{name}: {', '.join(sorted(unknown))} is not in the codebook")
    if "off_topic" in item.violations and not item.post:
        raise ValueError("off_topic needs a post")
    return item
