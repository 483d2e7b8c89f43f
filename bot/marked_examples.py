"""Labelled replies and posts as the marking network wants them. Joins `data` to `models`."""

from __future__ import annotations

from collections.abc import Sequence

from data.labelled import (
    ISSUES,
    PITFALLS,
    POLARISING,
    QUALITIES,
    STEPS,
    WHOLES,
    LabelledText,
    load_posts,
    load_replies,
)
from models.marking.example import Labelling, MarkedExample
from models.marking.marked import Passage, reply_passage
from models.marking.scheme import Scheme
from models.sentences import sentences

SCHEMES = {
    "reply": Scheme(marks=[*STEPS, *PITFALLS], wholes=[], levels=len(QUALITIES)),
    "post": Scheme(marks=ISSUES, wholes=WHOLES, levels=len(POLARISING)),
}


def marked_parts() -> dict[str, dict[str, list[MarkedExample]]]:
    """By split, then by scheme."""
    found: dict[str, dict[str, list[MarkedExample]]] = {
        split: {scheme: [] for scheme in SCHEMES} for split in ("train", "validation", "test")
    }
    for scheme, texts, lowest in (("reply", load_replies(), min(QUALITIES)), ("post", load_posts(), min(POLARISING))):
        for text in texts:
            found[text.split][scheme].append(_example(text, lowest))
    return found


def _example(text: LabelledText, lowest: int) -> MarkedExample:
    passage = reply_passage(text.text, text.comment, text.post) if text.comment else Passage(text.text)
    return MarkedExample(passage, [Labelling(r.marks, r.wholes, r.level - lowest) for r in text.readings])


def single_sentences(examples: Sequence[MarkedExample]) -> list[MarkedExample]:
    """Posts of several sentences as posts of one: people check short texts too, and our hands wrote long ones.

    Of a post that polarises only the marked sentences, of a harmless one all. Replies stay whole: what a sentence of
    one does hangs on the rest.
    """
    return [
        MarkedExample(Passage(words), [Labelling(marks, found.wholes, max(found.level, 1) if marks else 0)])
        for example in examples
        if example.passage.context is None
        for found in example.labellings[:1]
        for words in _sentences(example.passage.text)
        if (marks := [(name, span) for name, span in found.marks if span in words]) or found.level == 0
    ]


def _sentences(text: str) -> list[str]:
    borders = sentences(text)
    return [text[start:end] for start, end in borders if end - start > 15] if len(borders) > 1 else []
