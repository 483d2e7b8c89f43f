"""The same comment as another hand would type it (case, accents, slips), or under a wrong post. Training only.

What a comment means does not hang on these, so the labels stay; only capitals change two of them, by the codebook.
"""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Sequence
from dataclasses import replace

from models.example import Example

SHARE_CAPITALS = 0.06
SHARE_LOWER = 0.12
SHARE_SLIPS = 0.12
SHARE_PLAIN = 0.06


def vary(example: Example, chance: random.Random) -> Example:
    """The example itself, or one variation of it."""
    draw = chance.random()
    text = example.comment.text
    for share, change in ((SHARE_LOWER, _lower), (SHARE_SLIPS, _slips), (SHARE_PLAIN, _plain)):
        if draw < share:
            return replace(example, comment=replace(example.comment, text=change(text, chance)))
        draw -= share
    return _shouted(example) if draw < SHARE_CAPITALS else example


def misplace(example: Example, others: Sequence[Example], chance: random.Random) -> Example:
    """The comment under somebody else's post on another subject: off topic, whoever wrote it."""
    other = chance.choice(others)
    own, foreign = example.concern, other.concern
    if not example.comment.post or not other.comment.post or "none" in (own, foreign) or own == foreign:
        return example
    comment = replace(example.comment, post=other.comment.post)
    return replace(example, comment=comment, violations=tuple(dict.fromkeys([*example.violations, "off_topic"])))


def _shouted(example: Example) -> Example:
    tone = "heated" if example.tone == "calm" else example.tone
    violations = tuple(dict.fromkeys([*example.violations, "shouting"]))
    comment = replace(example.comment, text=example.comment.text.upper())
    return replace(example, comment=comment, tone=tone, violations=violations)


def _lower(text: str, _chance: random.Random) -> str:
    # A shout in capitals is a label of its own: it is left as it stands.
    return text if any(word.isupper() and len(word) > 3 for word in text.split()) else text.lower()


def _plain(text: str, _chance: random.Random) -> str:
    """No accents, no punctuation at the end."""
    stripped = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    return stripped.rstrip(".!?… ") or text


def _slips(text: str, chance: random.Random) -> str:
    """One slip per twelve words or so: letters swapped, doubled or left out inside a longer word."""
    words = text.split(" ")
    for _ in range(1 + len(words) // 12):
        place = chance.randrange(len(words))
        word = words[place]
        if len(word) < 4 or not word.isalpha():
            continue
        at = chance.randrange(1, len(word) - 1)
        swapped = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
        doubled = word[: at + 1] + word[at:]
        left_out = word[:at] + word[at + 1 :]
        words[place] = chance.choice([swapped, doubled, left_out])
    return " ".join(words)
