"""The corpus as the network wants it: examples by split, and the answers of each task. Joins `data` to `models`."""

from __future__ import annotations

from collections.abc import Collection

from data.corpus import TEST_WRITERS, CorpusItem, Labels, load_corpus, load_second_labels, split_of
from data.corpus.codebook import CONCERNS, EMOTIONS, HINTS, TONES, VIOLATIONS
from models.comment import Comment
from models.example import Example

LABELS = {
    # Two answers on purpose: "unclear" is what the policy says when neither is probable enough.
    "speaker": ["citizen", "troll"],
    "tone": list(TONES),
    "violations": list(VIOLATIONS),
    "emotion": list(EMOTIONS),
    "concern": list(CONCERNS),
    "kinds": list(HINTS),
}


def parts(test_writers: Collection[str] = TEST_WRITERS) -> dict[str, list[Example]]:
    """The corpus by split."""
    found: dict[str, list[Example]] = {"train": [], "validation": [], "test": [], "fresh": []}
    second = load_second_labels()
    for item in load_corpus():
        found[split_of(item.writer, test_writers)].append(_example(item, second.get(item.id)))
    return found


def _example(item: CorpusItem, second: Labels | None) -> Example:
    comment = Comment(item.comment, item.post, item.author)
    return Example(comment, *_labels(item), item.kinds, Example(comment, *_labels(second)) if second else None)


def _labels(given: Labels) -> tuple[str, str, tuple[str, ...], str, str]:
    return given.speaker, given.tone, given.violations, given.emotion, given.concern
