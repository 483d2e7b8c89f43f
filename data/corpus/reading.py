"""Read and check the corpus files: one JSON object a line, one file per writing hand."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from data.corpus.codebook import CONCERNS, EMOTIONS, KINDS, SPEAKERS, TONES, VIOLATIONS

CORPUS_DIR = Path(__file__).parent / "comments"
SECOND_LABELS = Path(__file__).parent / "second_labels" / "train.jsonl"


class CorpusError(ValueError):
    """A line breaks the schema; the message names file and line."""


@dataclass(frozen=True, kw_only=True)
class Labels:
    """What the codebook asks of one comment, as one reader answered it."""

    speaker: str
    tone: str
    violations: tuple[str, ...]
    emotion: str
    concern: str


@dataclass(frozen=True, kw_only=True)
class CorpusItem(Labels):
    """One labelled comment. `writer` is the hand that wrote it; `pair` ties minimal pairs together."""

    id: str
    writer: str
    comment: str
    post: str | None
    author: str | None
    kinds: tuple[str, ...]
    pair: str | None


def load_corpus(folder: Path = CORPUS_DIR) -> list[CorpusItem]:
    """All items, files in name order; raises `CorpusError` at the first line that is not to the codebook."""
    return [item for path in sorted(folder.glob("*.jsonl")) for item in _read(path)]


def load_second_labels(path: Path = SECOND_LABELS) -> dict[str, Labels]:
    """By item id: how a blind reader labelled the training comments. Raises `CorpusError`."""
    found = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        try:
            raw = json.loads(line)
            found[raw["id"]] = _labels(raw)
        except (ValueError, KeyError, TypeError) as error:
            raise CorpusError(f"{path.name}:{number}: {error}") from error
    return found


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
        **vars(_labels(raw)),
        kinds=tuple(raw["kinds"]),
        pair=raw["pair"],
    )
    if not item.comment.strip() or not item.id.startswith(writer):
        raise ValueError("empty comment, or an id of another writer")
    _known("kinds", item.kinds, KINDS)
    if "off_topic" in item.violations and not item.post:
        raise ValueError("off_topic needs a post")
    return item


def _labels(raw: dict[str, Any]) -> Labels:
    labels = Labels(
        speaker=raw["speaker"],
        tone=raw["tone"],
        violations=tuple(raw["violations"]),
        emotion=raw["emotion"],
        concern=raw["concern"],
    )
    _known("speaker", [labels.speaker], SPEAKERS)
    _known("tone", [labels.tone], TONES)
    _known("violations", labels.violations, VIOLATIONS)
    _known("emotion", [labels.emotion], EMOTIONS)
    _known("concern", [labels.concern], CONCERNS)
    return labels


def _known(name: str, values: Iterable[str], allowed: Iterable[str]) -> None:
    if unknown := set(values) - set(allowed):
        raise ValueError(f"{name}: {', '.join(sorted(unknown))} is not in the codebook")
