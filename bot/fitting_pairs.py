"""Comments with sentences that fit them, to learn which phrase to choose. Joins `data` and `prompts` to `models`."""

from __future__ import annotations

import random
from collections.abc import Iterator

from data.corpus import load_corpus, split_of
from data.labelled import STEPS, LabelledText, load_replies
from models.drafting.subjects import subject_of
from models.marking.example import FittingPair
from prompts.phrases import Phrase, phrase_bank
from prompts.replies import model_replies

# A reply worth sending, after a small edit at most.
_GOOD = 4
# Per subject, so that the frequent ones don't drown the rest.
_OF_ONE_SUBJECT = 12


def fitting_pairs(split: str) -> list[FittingPair]:
    """From good replies of the split's hands; for training also from the model replies and the phrases by subject."""
    pairs = [pair for text in load_replies() if text.split == split for pair in _of_reply(text)]
    if split == "train":
        pairs += [
            FittingPair(reply.comment, part.jij, part.step)
            for reply in model_replies()
            for part in reply.parts
            if "author" in reply.tags["audience"]
        ]
        pairs += _of_subjects()
    return pairs


def _of_reply(text: LabelledText) -> Iterator[FittingPair]:
    reading = text.readings[0]
    faults = [span for name, span in reading.marks if name not in STEPS]
    if reading.level < _GOOD or text.comment is None:
        return
    for name, span in reading.marks:
        if name in STEPS and not any(span in fault or fault in span for fault in faults):
            yield FittingPair(text.comment, span, name)


def _of_subjects() -> Iterator[FittingPair]:
    """Training comments with a phrase of the subject they name and, where it has one, of their emotion."""
    phrases: dict[str, list[Phrase]] = {}
    for phrase in phrase_bank():
        for about in phrase.tags.get("subject", ()):
            phrases.setdefault(about, []).append(phrase)
    chance = random.Random(13)  # noqa: S311 - not for secrets
    items = [item for item in load_corpus() if split_of(item.writer) == "train" and item.speaker == "citizen"]
    chance.shuffle(items)
    taken: dict[str, int] = {}
    for item in items:
        subject = subject_of(item.comment)
        fitting = [p for p in phrases.get(subject or "", ()) if item.emotion in p.tags.get("emotion", (item.emotion,))]
        if subject is None or not fitting or taken.get(subject, 0) >= _OF_ONE_SUBJECT:
            continue
        taken[subject] = taken.get(subject, 0) + 1
        phrase = chance.choice(fitting)
        yield FittingPair(item.comment, phrase.jij, phrase.step)
