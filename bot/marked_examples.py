"""Labelled replies and posts as the marking network wants them. Joins `data` to `models`."""

from __future__ import annotations

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
